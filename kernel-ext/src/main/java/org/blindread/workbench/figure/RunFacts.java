package org.blindread.workbench.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/// What figures read in a run's report, as `RunReport.toJson` writes it.
///
/// @param settings one line: protocol, numbers, how many images
/// @param seconds median seconds of an image by kind of layer; empty for a run in the clear
/// @param images seconds of each image, in the order they were done
/// @param traffic bytes of an image by kind of layer, and in it by link
/// @param link bytes of an image by link
/// @param session bytes once a session by link
record RunFacts(
    String settings,
    Map<String, Double> seconds,
    List<Double> images,
    Map<String, Map<String, Long>> traffic,
    Map<String, Long> link,
    Map<String, Long> session) {

  static RunFacts of(JsonNode report) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    report
        .path("seconds")
        .path("perKind")
        .properties()
        .forEach(kind -> seconds.put(kind.getKey(), kind.getValue().asDouble()));
    List<Double> images = new ArrayList<>();
    report.path("seconds").path("images").forEach(image -> images.add(image.asDouble()));
    Map<String, Map<String, Long>> traffic = new TreeMap<>();
    for (JsonNode layer : report.path("seconds").path("perLayer")) {
      Map<String, Long> links =
          traffic.computeIfAbsent(layer.path("kind").asString(), _ -> new TreeMap<>());
      bytes(layer.path("bytes")).forEach((link, count) -> links.merge(link, count, Long::sum));
    }
    return new RunFacts(
        settings(report, images.size()),
        seconds,
        images,
        traffic,
        bytes(report.path("bytes")),
        bytes(report.path("sessionBytes")));
  }

  private static Map<String, Long> bytes(JsonNode links) {
    Map<String, Long> bytes = new TreeMap<>();
    links.properties().forEach(link -> bytes.put(link.getKey(), link.getValue().asLong()));
    return bytes;
  }

  private static String settings(JsonNode report, int images) {
    List<String> words = new ArrayList<>();
    for (String name : List.of("protocol", "engine", "mode", "knobs", "parties", "transport")) {
      if (report.has(name)) {
        words.add(report.path(name).asString());
      }
    }
    if (report.has("bits")) {
      words.add(
          "%d bits, scale %d".formatted(report.path("bits").asInt(), report.path("scale").asInt()));
    }
    words.add(images + (images == 1 ? " image" : " images"));
    if (report.path("lanes").asInt(1) > 1) {
      words.add(report.path("lanes").asInt() + " at once");
    }
    return String.join(", ", words);
  }

  /// The kinds of layer, the costliest first.
  static <T> List<String> costliest(Map<String, T> kinds, ToDoubleFunction<T> cost) {
    return kinds.entrySet().stream()
        .sorted(
            (one, other) ->
                Double.compare(
                    cost.applyAsDouble(other.getValue()), cost.applyAsDouble(one.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
