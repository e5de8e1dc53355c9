package org.blindread.workbench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.blindread.data.Cohort;
import org.blindread.data.Csv;
import org.blindread.data.Finding;
import org.blindread.data.GreyImage;
import org.blindread.data.Intake;
import org.blindread.data.Label;
import org.blindread.data.ManifestOptions;
import org.blindread.data.Study;
import org.blindread.data.Uncertain;
import org.blindread.data.phantom.Phantom;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.run.Protocols;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The main job in its thinnest true form: the committed pneumonia network on chest images, in
/// floating point and by the fixed-point twin on all of them, by `3pc` between three processes on a
/// sample.
///
/// Scores and reports stay in `runs/` under a key made of the program's version and the hashes of
/// model, card, plan and manifest: a second call finds them there, a stopped one goes on.
///
/// @param synthetic whether the images are phantoms, of which no AUROC is printed
/// @param cohort the images
/// @param finding what the model speaks of
/// @param floating scores of ONNX Runtime
/// @param twin scores of the fixed-point twin
/// @param secure scores of the sample, by `3pc`
/// @param reports what each of the three took, by name, as `run --json` writes it
public record Reproduction(
    boolean synthetic,
    Cohort cohort,
    Finding finding,
    Scores floating,
    Scores twin,
    Scores secure,
    Map<String, JsonNode> reports) {
  private static final String MODEL = "notebooks/models/densenet121_pneumonia_128.onnx";
  private static final String DATA = "../shared/data/images/eval128";
  private static final int PHANTOMS = 20;
  private static final int PHANTOM_SIDE = 128;
  private static final String PARTY_HEAP = "700m";

  public Reproduction {
    reports = Map.copyOf(reports);
  }

  /// The project's root: as given, else the nearest folder above the program that holds the model.
  ///
  /// @throws WorkbenchException if there is none
  public static Path rootOr(Optional<Path> given) throws WorkbenchException {
    if (given.isPresent()) {
      return given.get();
    }
    List<Path> starts = new ArrayList<>();
    try {
      starts.add(
          Path.of(Reproduction.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path of no valid address", e);
    }
    starts.add(Path.of("").toAbsolutePath());
    for (Path start : starts) {
      for (Optional<Path> at = Optional.of(start);
          at.isPresent();
          at = at.flatMap(path -> Optional.ofNullable(path.getParent()))) {
        if (Files.exists(at.get().resolve(MODEL))) {
          return at.get();
        }
      }
    }
    throw new WorkbenchException(
        "no folder above the program or the current one holds "
            + MODEL
            + "; run it in a source tree");
  }

  /// Does what is not done yet.
  ///
  /// @param data folder with a `manifest.csv`; empty for the usual place, or phantoms
  /// @param sample how many images are read securely
  /// @param console told what is being done
  /// @throws Exception as [SecureRun#run]
  public static Reproduction run(Path root, Optional<Path> data, int sample, PrintWriter console)
      throws Exception {
    VendorModel model = VendorModel.load(root.resolve(MODEL).toString(), Optional.empty());
    Path real = data.orElse(root.resolve(DATA)).normalize();
    boolean synthetic = data.isEmpty() && !Files.exists(real.resolve("manifest.csv"));
    Path runs = root.resolve("runs").resolve("reproduce");
    List<Finding> findings = model.card().findings().stream().map(Finding::new).toList();
    Finding finding = findings.getFirst();
    Cohort cohort =
        Intake.read(
                synthetic ? phantoms(runs.resolve("phantoms")) : real.resolve("manifest.csv"),
                ManifestOptions.asking(findings))
            .cohort();
    Worklist all = Worklist.of(cohort, model.card().input(), OptionalInt.empty());
    Precision precision = Precision.of(64, 20, false);
    Compiled compiled = precision.compile(model);
    Path folder = runs.resolve(key(model, compiled, all));
    Files.createDirectories(folder);
    say(
        console,
        "%s on %d %s"
            .formatted(
                model.card().open().name(),
                all.size(),
                synthetic ? "phantoms (synthetic: they stand for no patient)" : "real images"));
    Map<String, JsonNode> reports = new LinkedHashMap<>();

    Path floating = folder.resolve("float.csv");
    Task task = new Task(model, all, cohort.origin().source(), floating, true, 1);
    reports.put(
        "float",
        once(
            floating,
            all,
            stopped -> PlainRun.engine(task, "onnxruntime", stopped),
            console,
            "ONNX Runtime"));

    Path plain = folder.resolve("plain.csv");
    int threads = Runtime.getRuntime().availableProcessors();
    Task twinTask = new Task(model, all, cohort.origin().source(), plain, true, threads);
    reports.put(
        "plain",
        once(
            plain,
            all,
            stopped -> PlainRun.twin(twinTask, compiled, stopped),
            console,
            "the fixed-point twin"));

    int count = Math.min(sample, all.size());
    Path listed = folder.resolve("sample-" + count + ".csv");
    Files.writeString(listed, sample(cohort, finding, count));
    Worklist some = Worklist.of(Cohort.read(listed), model.card().input(), OptionalInt.empty());
    Path secure = folder.resolve("3pc-" + count + ".csv");
    Task secureTask = new Task(model, some, listed.toString(), secure, true, 1);
    SecureRun.Setting setting =
        new SecureRun.Setting(
            Protocols.of("3pc"),
            Mode.FAITHFUL,
            Reveal.HOSPITAL,
            SecureRun.Parties.PROCESSES,
            false,
            PARTY_HEAP);
    reports.put(
        "3pc",
        once(
            secure,
            some,
            unchecked -> SecureRun.run(secureTask, compiled, setting, unchecked),
            console,
            "3pc between three processes"));
    return new Reproduction(
        synthetic,
        cohort,
        finding,
        Scores.read(floating),
        Scores.read(plain),
        Scores.read(secure),
        reports);
  }

  /// One of the three runs.
  private interface Run {
    /// @param partial told what stays if the run does not end
    RunReport run(Consumer<RunReport> partial) throws Exception;
  }

  /// The report of a run: found, if the run is whole, else made.
  private static JsonNode once(
      Path scores, Worklist worklist, Run run, PrintWriter console, String what) throws Exception {
    Path report = scores.resolveSibling(scores.getFileName() + ".json");
    boolean whole =
        Files.exists(report)
            && Files.exists(scores)
            && Scores.read(scores).rows().size() == worklist.size();
    if (whole) {
      say(
          console,
          "%s: found in %s of %s"
              .formatted(
                  what,
                  report,
                  LocalDate.ofInstant(
                      Files.getLastModifiedTime(report).toInstant(), ZoneId.systemDefault())));
    } else {
      say(console, "%s, %d images".formatted(what, worklist.size()));
      ReportParts parts = ReportParts.beside(report);
      Files.writeString(report, parts.with(run.run(parts::keep).toJson()) + "\n");
      parts.remove();
    }
    return JsonMapper.shared().readTree(Files.readString(report));
  }

  private static void say(PrintWriter console, String line) {
    console.println(line);
    console.flush();
  }

  private static String key(VendorModel model, Compiled compiled, Worklist worklist) {
    String all =
        String.join(
            " ",
            Provenance.version(),
            model.sha256().get("model"),
            model.sha256().get("card"),
            PlanText.hash(compiled.plan()),
            worklist.sha256());
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /// Writes the phantoms, unless they are there.
  private static Path phantoms(Path folder) throws IOException {
    Path manifest = folder.resolve("manifest.csv");
    if (Files.exists(manifest)) {
      return manifest;
    }
    Files.createDirectories(folder);
    StringBuilder csv = new StringBuilder("path,image,site\n");
    for (int i = 0; i < PHANTOMS; i++) {
      GreyImage phantom = Phantom.chest(i, PHANTOM_SIDE);
      var picture =
          new java.awt.image.BufferedImage(
              phantom.width(), phantom.height(), java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 0; y < phantom.height(); y++) {
        for (int x = 0; x < phantom.width(); x++) {
          picture.getRaster().setSample(x, y, 0, phantom.sample(x, y));
        }
      }
      String name = "phantom-%02d.png".formatted(i);
      if (!ImageIO.write(picture, "png", folder.resolve(name).toFile())) {
        throw new IOException("this Java cannot write PNG files");
      }
      csv.append("%s,synthetic-%02d,synthetic\n".formatted(name, i));
    }
    Files.writeString(manifest, csv);
    return manifest;
  }

  /// A manifest of some images: the sites in turn, evenly spaced within each.
  private static String sample(Cohort cohort, Finding finding, int count) {
    Map<String, List<Study>> sites = new LinkedHashMap<>();
    for (Study study : cohort.studies()) {
      sites.computeIfAbsent(study.site().orElse(""), _ -> new ArrayList<>()).add(study);
    }
    StringBuilder csv =
        new StringBuilder("path,image,patient,site," + Csv.cell(finding.name()) + "\n");
    int left = count;
    int sitesLeft = sites.size();
    for (List<Study> studies : sites.values()) {
      int share = Math.min(studies.size(), Math.ceilDiv(left, sitesLeft));
      for (int i = 0; i < share; i++) {
        Study study = studies.get((int) ((i + 0.5) * studies.size() / share));
        csv.append(
                Csv.line(
                    List.of(
                        study.pixels().file().orElseThrow().toString(),
                        study.image(),
                        study.patient().orElse(""),
                        study.site().orElse(""),
                        study.label(finding).map(Label::cell).orElse(""))))
            .append('\n');
      }
      left -= share;
      sitesLeft--;
    }
    return csv.toString();
  }

  /// Whether secure scores were compared with the twin's, and all of these are equal bit for bit.
  /// Where none overflowed, the scores in the files must be equal, too.
  public boolean equal() {
    JsonNode check = reports.get("3pc").path("twin");
    boolean all = check.path("compared").asInt() == check.path("images").asInt();
    return check.path("equal").asBoolean()
        && check.path("compared").asInt() > 0
        && (!all || ReproductionTable.largestDifference(secure, twin) == 0);
  }

  /// What was found, as one table.
  public String table() {
    return ReproductionTable.text(this);
  }

  /// What is known of an image, if it is certain.
  Optional<Boolean> truth(Study study) {
    return study.label(finding).flatMap(Uncertain.EXCLUDE::decide);
  }
}
