package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What one party's part in a run took. It holds no score and no secret.
///
/// @param party its name
/// @param images time of each image, in the order they were done; the first one ran cold
/// @param steps one line a step of the plan; empty if no image was read
/// @param sessionBytes payload bytes this party sent once a session, by link
/// @param peakMemoryBytes the most memory the party's process had, if it was a process of its own
public record PartyReport(
    String party,
    List<ImageTime> images,
    List<StepSummary> steps,
    Map<String, Long> sessionBytes,
    OptionalLong peakMemoryBytes) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// How long an image took.
  ///
  /// @param image number of the image in the run
  /// @param seconds wall-clock time
  public record ImageTime(long image, double seconds) {}

  public PartyReport {
    images = List.copyOf(images);
    steps = List.copyOf(steps);
    sessionBytes = java.util.Collections.unmodifiableMap(new TreeMap<>(sessionBytes));
  }

  /// Writes the report as JSON.
  ///
  /// @throws IOException if the file cannot be written
  public void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("party", party);
    json.put(
        "images",
        images.stream()
            .map(image -> Map.of("image", image.image(), "seconds", image.seconds()))
            .toList());
    json.put("steps", steps.stream().map(PartyReport::json).toList());
    json.put("sessionBytes", sessionBytes);
    peakMemoryBytes.ifPresent(peak -> json.put("peakMemoryBytes", peak));
    Files.writeString(file, JSON.writeValueAsString(json) + "\n");
  }

  private static Map<String, Object> json(StepSummary step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layer", step.layer());
    json.put("kind", step.kind());
    json.put("seconds", step.seconds());
    json.put("rounds", step.rounds());
    json.put("bytes", step.bytes());
    return json;
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IOException if the file is missing or is no report
  public static PartyReport read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      List<ImageTime> images = new ArrayList<>();
      for (JsonNode image : json.path("images")) {
        images.add(new ImageTime(image.path("image").asLong(), image.path("seconds").asDouble()));
      }
      List<StepSummary> steps = new ArrayList<>();
      for (JsonNode step : json.path("steps")) {
        steps.add(
            new StepSummary(
                step.path("layer").asString(),
                step.path("kind").asString(),
                step.path("seconds").asDouble(),
                step.path("rounds").asInt(),
                counts(step.path("bytes"))));
      }
      return new PartyReport(
          json.path("party").asString(),
          images,
          steps,
          counts(json.path("sessionBytes")),
          json.has("peakMemoryBytes")
              ? OptionalLong.of(json.path("peakMemoryBytes").asLong())
              : OptionalLong.empty());
    } catch (JacksonException e) {
      throw new IOException(file + " is no report of a party: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new TreeMap<>();
    node.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
    return counts;
  }
}
