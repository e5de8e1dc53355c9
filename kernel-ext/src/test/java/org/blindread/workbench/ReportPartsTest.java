package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.blindread.data.Cohort;
import org.blindread.mpc.run.Images;
import org.blindread.workbench.cli.TinyStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportPartsTest {
  @TempDir private Path folder;

  private static RunReport report(List<Double> times, double wall) {
    return new RunReport(
        Map.of(),
        times,
        wall,
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Provenance.of(Map.of(), Map.of()));
  }

  @Test
  void theTimesOfAStoppedRunAreKept() throws Exception {
    Path file = folder.resolve("r.json");
    ReportParts.beside(file).keep(report(List.of(9.0, 1.0), 11));
    ReportParts.beside(file).keep(report(List.of(2.0), 3));
    ReportParts parts = ReportParts.beside(file);
    parts.keep(report(List.of(3.0), 4)); // of this run, which is not counted twice
    JsonNode whole = JsonMapper.shared().readTree(parts.with(report(List.of(3.0), 4).toJson()));
    JsonNode seconds = whole.path("seconds");
    assertEquals(4, seconds.path("images").size());
    assertEquals(9, seconds.path("cold").asDouble());
    assertEquals(2, seconds.path("median").asDouble());
    assertEquals(18, seconds.path("wall").asDouble());
    parts.remove();
    assertEquals(
        1,
        JsonMapper.shared()
            .readTree(ReportParts.beside(file).with(report(List.of(3.0), 4).toJson()))
            .path("seconds")
            .path("images")
            .size());
  }

  @Test
  void figuresOfARunWithoutImagesLeftAreThoseBefore() throws Exception {
    Path file = folder.resolve("r.json");
    Files.writeString(
        ReportParts.beside(file).file(),
        """
        {"rounds": 7, "bytes": {"vendor>hospital": 5}, "seconds": {"images": [1], "wall": 2}}
        """);
    JsonNode whole =
        JsonMapper.shared().readTree(ReportParts.beside(file).with(report(List.of(), 1).toJson()));
    assertEquals(7, whole.path("rounds").asInt());
    assertEquals(5, whole.path("bytes").path("vendor>hospital").asInt());
    assertEquals(1, whole.path("seconds").path("cold").asDouble());
    assertFalse(whole.path("seconds").has("median"));
  }

  @Test
  void aRunThatIsStoppedTellsWhatItTook() throws Exception {
    TinyStudy tiny = TinyStudy.in(folder);
    VendorModel model = VendorModel.load(tiny.model.toString(), Optional.empty());
    Worklist all =
        Worklist.of(Cohort.read(tiny.manifest), model.card().input(), java.util.OptionalInt.of(4));
    Images stopping =
        image -> {
          if (image == 2) {
            throw new CancellationException();
          }
          return all.images().read(image);
        };
    Worklist worklist = new Worklist(all.items(), stopping, all.sha256());
    Task task = new Task(model, worklist, "images", folder.resolve("s.csv"), true, 1);
    List<RunReport> told = new ArrayList<>();
    assertThrows(
        CancellationException.class,
        () -> PlainRun.twin(task, Precision.of(64, 20, false).compile(model), told::add));
    assertEquals(List.of(2), told.stream().map(report -> report.times().size()).toList());
  }
}
