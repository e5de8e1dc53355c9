package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The report of a run that was stopped, kept beside where the whole one will stand, so that what
/// was measured before is not lost when the rest is done.
///
/// @param file where it lies
/// @param earlier what earlier calls left there
public record ReportParts(Path file, Optional<String> earlier) {
  private static final List<String> FIGURES =
      List.of("bytes", "sessionBytes", "rounds", "peakMemoryBytes");

  /// The parts beside a report.
  public static ReportParts beside(Path report) throws IOException {
    Path file = report.resolveSibling(report.getFileName() + ".part");
    return new ReportParts(
        file, Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty());
  }

  /// Keeps what this run took so far, added to what earlier ones took.
  ///
  /// @throws UncheckedIOException if it cannot be written
  public void keep(RunReport report) {
    try {
      Files.writeString(file, with(report.toJson()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": is the disk full?", e);
    }
  }

  /// A report with the parts before it: the times of all images in the order they were done, and
  /// figures the last part could not measure because it had no image left to read.
  public String with(String report) throws IOException {
    ObjectNode whole = (ObjectNode) JsonMapper.shared().readTree(report);
    if (earlier.isPresent()) {
      JsonNode before = JsonMapper.shared().readTree(earlier.get());
      for (String figure : FIGURES) {
        adopt(whole, before, figure);
      }
      seconds((ObjectNode) whole.path("seconds"), before.path("seconds"));
    }
    return whole.toPrettyString();
  }

  private static void adopt(ObjectNode whole, JsonNode before, String name) {
    if (!whole.has(name) && before.has(name)) {
      whole.set(name, before.get(name));
    }
  }

  private static void seconds(ObjectNode whole, JsonNode before) {
    List<Double> times = new ArrayList<>();
    for (JsonNode part : List.of(before, whole)) {
      for (JsonNode time : part.path("images")) {
        times.add(time.asDouble());
      }
    }
    ArrayNode images = JsonMapper.shared().createArrayNode();
    times.forEach(images::add);
    whole.set("images", images);
    put(whole, "cold", times.stream().findFirst());
    put(whole, "median", RunReport.median(times));
    whole.put("wall", before.path("wall").asDouble() + whole.path("wall").asDouble());
    adopt(whole, before, "perKind");
    adopt(whole, before, "perLayer");
  }

  private static void put(ObjectNode node, String name, Optional<Double> value) {
    value.ifPresent(number -> node.put(name, number));
  }

  /// The whole report stands; its parts are not needed any more.
  public void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
