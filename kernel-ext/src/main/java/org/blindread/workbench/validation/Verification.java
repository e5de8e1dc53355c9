package org.blindread.workbench.validation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.blindread.data.DatasetException;
import org.blindread.workbench.ImageCost;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.Sha256;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.ledger.Ledger;
import tools.jackson.databind.JsonNode;

/// A study made again from what its ledger stores, and held against its files: whoever gets a run
/// folder can see that its tables and figures are those of its scores.
///
/// It does not read images again: that the scores are a model's, `reproduce` in a fresh folder
/// shows.
///
/// @param checks in the order they were made
public record Verification(List<Check> checks) {
  /// One thing that was looked at.
  ///
  /// @param what was compared
  /// @param well whether it is as it must be
  /// @param found what was found; where not well, what differs
  public record Check(String what, boolean well, String found) {
    @Override
    public String toString() {
      return "%-4s %-28s %s".formatted(well ? "ok" : "NOT", what, found).stripTrailing();
    }
  }

  public Verification {
    checks = List.copyOf(checks);
  }

  /// Makes everything again and compares.
  ///
  /// @throws WorkbenchException if the folder holds no whole study
  /// @throws DatasetException if its cohort cannot be read here
  /// @throws IOException if a file cannot be read
  public static Verification of(Path study)
      throws WorkbenchException, DatasetException, IOException {
    Validation validation = Validation.read(study);
    List<Check> checks = new ArrayList<>();
    for (Outcome run : List.of(validation.plain(), validation.twin(), validation.secure())) {
      checks.add(scores(run));
    }
    checks.add(log(study, validation.secure()));
    checks.add(truth(validation));
    checks.addAll(origins(validation));
    checks.add(
        new Check(
            "secure against twin", validation.asPromised(), ValidationText.equality(validation)));
    Map<String, String> recorded;
    try (Ledger ledger = Ledger.existing(study)) {
      recorded = ledger.exhibits();
    }
    Map<String, byte[]> made = validation.exhibits().files();
    for (Map.Entry<String, byte[]> file : made.entrySet()) {
      checks.add(file(study, file.getKey(), file.getValue(), recorded));
    }
    for (Map.Entry<String, String> file : recorded.entrySet()) {
      if (!made.containsKey(file.getKey())) {
        checks.add(unchanged(study, file.getKey(), file.getValue()));
      }
    }
    return new Verification(checks);
  }

  /// Whether all is as it must be.
  public boolean well() {
    return checks.stream().allMatch(Check::well);
  }

  private static Check scores(Outcome run) throws WorkbenchException {
    String what = "scores of '" + run.folder().getFileName() + "'";
    Path file = run.folder().resolve("scores.csv");
    if (!Files.exists(file)) {
      return new Check(what, false, file + " is missing");
    }
    Scores stored = run.scores();
    Scores written = Scores.read(file);
    if (!stored.findings().equals(written.findings())
        || stored.rows().size() != written.rows().size()) {
      return new Check(
          what, false, "the database holds %s, %s %s".formatted(stored, file, written));
    }
    for (int i = 0; i < stored.rows().size(); i++) {
      ScoreRow here = stored.rows().get(i);
      ScoreRow there = written.rows().get(i);
      if (!here.image().equals(there.image())
          || ScoreDistance.largest(
                  new Scores(stored.findings(), List.of(here)),
                  new Scores(stored.findings(), List.of(there)))
              != 0) {
        return new Check(
            what,
            false,
            "row %d, image '%s': differs from the database".formatted(i + 2, there.image()));
      }
    }
    return new Check(
        what,
        true,
        "%d images, %d findings, file and database equal"
            .formatted(stored.rows().size(), stored.findings().size()));
  }

  /// What each image took: the csv against the database.
  private static Check log(Path study, Outcome run) throws WorkbenchException {
    String what = "log of '" + run.folder().getFileName() + "'";
    List<ImageCost> recorded;
    try (Ledger ledger = Ledger.existing(study)) {
      recorded = ledger.log(ledger.folder().relativize(run.folder().toAbsolutePath()).toString());
    }
    Map<List<String>, ImageCost> written = new LinkedHashMap<>();
    ImageLog log = ImageLog.in(run.folder());
    if (log.exists()) {
      log.images(row -> written.put(List.of(row.party(), row.image()), row));
    }
    for (ImageCost image : recorded) {
      if (!image.equals(written.remove(List.of(image.party(), image.image())))) {
        return new Check(
            what,
            false,
            "image '%s' at the %s: the database holds another row than %s"
                .formatted(image.image(), image.party(), log.images()));
      }
    }
    return written.isEmpty()
        ? new Check(what, true, "%d rows, file and database equal".formatted(recorded.size()))
        : new Check(what, false, "the database lacks " + written.keySet().iterator().next());
  }

  private static Check truth(Validation study) {
    boolean equal = study.cohort().truth().equals(study.truth());
    return new Check(
        "reference standard",
        equal,
        equal
            ? "that of the cohort, %d images".formatted(study.truth().rows().size())
            : "the database holds other labels than the cohort");
  }

  /// One model, one plan, one cohort in all runs.
  private static List<Check> origins(Validation study) {
    List<Check> checks = new ArrayList<>();
    for (String name : List.of("model", "card")) {
      checks.add(same(name, hash(study.plain(), name), hash(study.twin(), name)));
      checks.add(same(name, hash(study.twin(), name), hash(study.secure(), name)));
    }
    checks.add(same("plan", hash(study.twin(), "plan"), hash(study.secure(), "plan")));
    checks.add(same("cohort", study.cohort().sha256(), hash(study.plain(), "manifest")));
    checks.add(same("cohort", study.cohort().sha256(), hash(study.twin(), "manifest")));
    return checks.stream().distinct().toList();
  }

  private static String hash(Outcome run, String name) {
    JsonNode hashes = run.report().json().path("provenance").path("sha256");
    return hashes.path(name).asString("none");
  }

  private static Check same(String what, String one, String other) {
    return one.equals(other)
        ? new Check(what + " of the runs", true, "SHA-256 " + one)
        : new Check(what + " of the runs", false, "SHA-256 %s and %s".formatted(one, other));
  }

  private static Check file(Path study, String name, byte[] made, Map<String, String> recorded)
      throws IOException {
    Path path = study.resolve(name);
    if (!Files.exists(path)) {
      return new Check(name, false, "is missing");
    }
    byte[] there = Files.readAllBytes(path);
    if (Arrays.equals(made, there)) {
      return Sha256.of(there).equals(recorded.get(name))
          ? new Check(name, true, "made again, equal")
          : new Check(name, false, "equals what is made again, but not the hash in the database");
    }
    if (name.endsWith(".svg") || (name.endsWith(".png") && !samePixels(made, there))) {
      // Fonts differ from machine to machine; what a figure shows is in the csv beside it.
      boolean untouched = Sha256.of(there).equals(recorded.get(name));
      return new Check(
          name,
          untouched,
          untouched
              ? "drawn otherwise here (fonts); its numbers are compared in the csv beside it"
              : "was changed since it was written");
    }
    if (name.endsWith(".png")) {
      return new Check(name, true, "made again, equal pixels");
    }
    return new Check(name, false, difference(text(there), text(made)));
  }

  private static boolean samePixels(byte[] one, byte[] other) throws IOException {
    Optional<BufferedImage> a = Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(one)));
    Optional<BufferedImage> b = Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(other)));
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    int width = a.get().getWidth();
    int height = a.get().getHeight();
    return width == b.get().getWidth()
        && height == b.get().getHeight()
        && Arrays.equals(
            a.get().getRGB(0, 0, width, height, new int[width * height], 0, width),
            b.get().getRGB(0, 0, width, height, new int[width * height], 0, width));
  }

  private static List<String> text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  /// The first line in which a file differs from what is made again.
  private static String difference(List<String> there, List<String> made) {
    for (int i = 0; i < Math.min(there.size(), made.size()); i++) {
      if (!there.get(i).equals(made.get(i))) {
        return "line %d is '%s', made again '%s'".formatted(i + 1, there.get(i), made.get(i));
      }
    }
    return "has %d lines, made again %d".formatted(there.size(), made.size());
  }

  /// A file that is not made from the database alone, such as the executed notebook.
  private static Check unchanged(Path study, String name, String hash) throws IOException {
    Path path = study.resolve(name);
    if (!Files.exists(path)) {
      return new Check(name, false, "is missing");
    }
    boolean same = Sha256.of(Files.readAllBytes(path)).equals(hash);
    return new Check(name, same, same ? "as it was written" : "was changed since it was written");
  }

  /// One line a check.
  @Override
  public String toString() {
    return String.join("\n", checks.stream().map(Check::toString).toList());
  }
}
