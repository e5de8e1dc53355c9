package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.blindread.workbench.ImageCost;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.LayerCost;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.blindread.workbench.ledger.Ledger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each image of a run took, as it stands beside the scores and in the database.
final class RunLogTest {
  private static final List<String> PARTIES = List.of("helper", "hospital", "vendor");

  @TempDir private static Path folder;
  private static TinyStudy study;

  @BeforeAll
  static void writeStudy() throws Exception {
    study = TinyStudy.in(folder);
  }

  private static void assertOk(Result result) {
    assertEquals(0, result.code, result.err);
  }

  /// A log in memory.
  private record Rows(List<ImageCost> images, List<LayerCost> layers)
      implements ImageLog.Reader<RuntimeException> {
    static Rows of(String out) throws Exception {
      Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
      ImageLog.beside(study.file(out)).read(rows);
      return rows;
    }

    @Override
    public void image(ImageCost image) {
      images.add(image);
    }

    @Override
    public void layer(LayerCost layer) {
      layers.add(layer);
    }

    List<String> named(String party) {
      return images.stream()
          .filter(image -> image.party().equals(party))
          .map(ImageCost::image)
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"local, hospital", "local, none", "processes, both", "processes, none"})
  void everyPartysViewOfEveryImageAddsUp(String parties, String reveal) throws Exception {
    String name = parties + "-" + reveal;
    String out = name + ".csv";
    Path json = study.file(name + ".json");
    Path ledger = study.file(name + "-ledger");
    assertOk(
        study.run(
            out,
            3,
            "--protocol",
            "3pc",
            "--reveal",
            reveal,
            "--parties",
            parties,
            "--json",
            json,
            "--ledger",
            ledger));
    Rows rows = Rows.of(out);
    for (String party : PARTIES) {
      assertEquals(List.of("image-0", "image-1", "image-2"), rows.named(party), party);
    }
    JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
    for (ImageCost image : rows.images()) {
      assertEquals(parties.equals("processes"), image.peakMemoryBytes().isPresent());
      assertTrue(image.seconds() > 0 && image.rounds() <= report.path("rounds").asInt());
      Map<String, Long> layers = new TreeMap<>();
      double seconds = 0;
      int rounds = 0;
      for (LayerCost layer : rows.layers()) {
        if (layer.party().equals(image.party()) && layer.image().equals(image.image())) {
          layer.took().bytes().forEach((link, bytes) -> layers.merge(link, bytes, Long::sum));
          seconds += layer.took().seconds();
          rounds += layer.took().rounds();
        }
      }
      assertEquals(image.bytes(), layers);
      assertEquals(image.rounds(), rounds);
      assertTrue(seconds <= image.seconds(), seconds + " of " + image.seconds());
    }
    assertLinksAgree(rows.images(), report.path("bytes"));
    try (Ledger book = Ledger.existing(ledger)) {
      assertEquals(rows.images(), book.log("../" + out));
    }
    assertFalse(Files.exists(study.file(out + ".parties/vendor/shares.images.csv")));
  }

  /// What one end of a link sent the other received, and both are what the report says.
  private static void assertLinksAgree(List<ImageCost> images, JsonNode reported) {
    Map<List<String>, Long> seen = new HashMap<>();
    int compared = 0;
    for (ImageCost image : images) {
      for (Map.Entry<String, Long> link : image.bytes().entrySet()) {
        assertTrue(List.of(link.getKey().split(">")).contains(image.party()), link.getKey());
        Long other = seen.put(List.of(image.image(), link.getKey()), link.getValue());
        if (other != null) {
          assertEquals(other, link.getValue(), link.getKey());
          assertEquals(reported.path(link.getKey()).asLong(), other, link.getKey());
          compared++;
        }
      }
    }
    assertEquals(3 * 6, compared);
  }

  @Test
  void aResumedRunAddsWhatItReadsNow() throws Exception {
    Path out = study.file("resumed.csv");
    Object[] secure = {"--protocol", "3pc", "--reveal", "hospital"};
    assertOk(study.run("resumed.csv", 3, secure));
    Files.write(out, Files.readAllLines(out).subList(0, 3));
    ImageLog log = ImageLog.beside(out);
    List<String> first = Files.readAllLines(log.images());
    assertOk(study.run("resumed.csv", 3, "--protocol", "3pc", "--reveal", "hospital", "--resume"));
    List<String> now = Files.readAllLines(log.images());
    assertEquals(first, now.subList(0, first.size()));
    assertEquals(3, now.size() - first.size());
    assertEquals(
        List.of("image-0", "image-1", "image-2", "image-2"),
        Rows.of("resumed.csv").named("vendor"));
  }

  @Test
  void whatAKilledLaunchersPartiesLoggedIsNotLost() throws Exception {
    Path out = study.file("killed.csv");
    Object[] secure = {"--protocol", "3pc", "--reveal", "hospital"};
    assertOk(study.run("killed.csv", 2, secure));
    // As if the launcher had ended before it moved what the vendor's process had logged.
    ImageLog log = ImageLog.beside(out);
    Path vendor = Files.createDirectories(study.file("killed.csv.parties/vendor"));
    String run =
        JsonMapper.shared()
            .readTree(Files.readString(study.file("killed.csv.run.json")))
            .path("run")
            .asString();
    ImageLog left = ImageLog.beside(vendor.resolve("vendor-" + run));
    moveVendorsRows(log.images(), left.images());
    moveVendorsRows(log.layers(), left.layers());
    Files.writeString(left.images(), "vendor,1,0.", java.nio.file.StandardOpenOption.APPEND);
    assertEquals(List.of(), Rows.of("killed.csv").named("vendor"));
    assertOk(
        study.run(
            "killed.csv",
            2,
            "--protocol",
            "3pc",
            "--reveal",
            "hospital",
            "--parties",
            "processes",
            "--resume"));
    assertEquals(List.of("image-0", "image-1"), Rows.of("killed.csv").named("vendor"));
  }

  /// The vendor's process names images by number.
  private static void moveVendorsRows(Path from, Path to) throws Exception {
    List<String> rows = Files.readAllLines(from);
    List<String> moved = new ArrayList<>(List.of(rows.getFirst()));
    rows.stream()
        .filter(row -> row.startsWith("vendor,"))
        .map(row -> row.replace("image-", ""))
        .forEach(moved::add);
    rows.removeIf(row -> row.startsWith("vendor,"));
    Files.write(from, rows);
    Files.write(to, moved);
  }
}
