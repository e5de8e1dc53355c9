package org.blindread.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [RunReport] as it stands in a file or database: what `run --json` wrote, whenever that was.
/// Names and units are those of the file (`product.md`): seconds, bytes of payload.
///
/// @param json the file's content; nobody changes it
public record SavedReport(JsonNode json) {
  /// The report of a run that has just ended.
  public static SavedReport of(RunReport report) {
    return parse(report.toJson());
  }

  /// The report that a text holds.
  ///
  /// @throws IllegalArgumentException if the text is not what a run reports
  public static SavedReport parse(String text) {
    try {
      JsonNode json = JsonMapper.shared().readTree(text);
      if (!json.path("seconds").isObject() || !json.path("provenance").isObject()) {
        throw new IllegalArgumentException("a run's report has seconds and provenance");
      }
      return new SavedReport(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("a run's report is JSON: " + e.getOriginalMessage(), e);
    }
  }

  /// How it was computed: an engine's name or a protocol's.
  public String how() {
    return json.path("engine").asString(json.path("protocol").asString("?"));
  }

  /// Images it tells of.
  public int images() {
    return json.path("images").asInt();
  }

  /// From the first byte to the last result, set-up included.
  public double wallSeconds() {
    return json.path("seconds").path("wall").asDouble();
  }

  /// Seconds of the first image, which ran cold.
  public Optional<Double> coldSeconds() {
    return number(json.path("seconds").path("cold"));
  }

  /// Median seconds of the images after the first.
  public Optional<Double> medianSeconds() {
    return number(json.path("seconds").path("median"));
  }

  private static Optional<Double> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
  }

  /// Payload bytes of one image by link, `sender>receiver`; empty for a run in the clear.
  public Map<String, Long> bytes() {
    return counts("bytes");
  }

  /// Payload bytes once a session by link.
  public Map<String, Long> sessionBytes() {
    return counts("sessionBytes");
  }

  /// The most memory each party's process had; empty where parties had none of their own.
  public Map<String, Long> peakMemoryBytes() {
    return counts("peakMemoryBytes");
  }

  /// Rounds of one image; empty for a run in the clear.
  public OptionalInt rounds() {
    return json.has("rounds") ? OptionalInt.of(json.path("rounds").asInt()) : OptionalInt.empty();
  }

  /// The comparison with the cleartext twin, if there was one.
  public Optional<TwinCheck> twin() {
    JsonNode twin = json.path("twin");
    return twin.isObject()
        ? Optional.of(
            new TwinCheck(
                twin.path("images").asInt(),
                twin.path("compared").asInt(),
                twin.path("equal").asBoolean(),
                twin.path("maxUlp").asLong(),
                overflows()))
        : Optional.empty();
  }

  /// Layers in which values left their range.
  public List<OverflowTally.Layer> overflows() {
    List<OverflowTally.Layer> layers = new ArrayList<>();
    for (JsonNode layer : json.path("overflows")) {
      layers.add(
          new OverflowTally.Layer(
              layer.path("layer").asString(),
              layer.path("images").asInt(),
              layer.path("values").asLong(),
              layer.path("extreme").asDouble()));
    }
    return layers;
  }

  /// What was overridden, such as an unsafe range.
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    json.path("warnings").forEach(warning -> warnings.add(warning.asString()));
    return warnings;
  }

  /// Seconds of the images by kind of instruction, medians; empty for a run in the clear.
  public Map<String, Double> secondsPerKind() {
    Map<String, Double> kinds = new LinkedHashMap<>();
    json.path("seconds")
        .path("perKind")
        .properties()
        .forEach(kind -> kinds.put(kind.getKey(), kind.getValue().asDouble()));
    return Collections.unmodifiableMap(kinds);
  }

  private Map<String, Long> counts(String name) {
    Map<String, Long> counts = new TreeMap<>();
    json.path(name)
        .properties()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
    return Collections.unmodifiableMap(counts);
  }

  /// This run and one that went on after it, as one: images, times and comparisons of both, what an
  /// image sent of the later one that read any.
  public SavedReport and(SavedReport later) {
    if (later.images() == 0) {
      return this;
    }
    ObjectNode whole = ((ObjectNode) later.json).deepCopy();
    whole.put("images", images() + later.images());
    Map<String, Long> peaks = new TreeMap<>(peakMemoryBytes());
    later.peakMemoryBytes().forEach((party, peak) -> peaks.merge(party, peak, Math::max));
    if (!peaks.isEmpty()) {
      whole.set("peakMemoryBytes", JsonMapper.shared().valueToTree(peaks));
    }
    if (later.bytes().isEmpty() && !bytes().isEmpty()) {
      for (String name : List.of("bytes", "sessionBytes", "rounds")) {
        whole.set(name, json.path(name));
      }
    }
    ObjectNode seconds = (ObjectNode) whole.path("seconds");
    addTimes(seconds);
    for (String name : List.of("perKind", "perLayer")) {
      if (!seconds.has(name) && json.path("seconds").has(name)) {
        seconds.set(name, json.path("seconds").path(name));
      }
    }
    addTwin(whole, later);
    ArrayNode overflows = whole.withArray("overflows");
    json.path("overflows").forEach(overflows::add);
    return new SavedReport(whole);
  }

  private void addTimes(ObjectNode seconds) {
    List<Double> times = new ArrayList<>();
    for (JsonNode part : List.of(json.path("seconds"), seconds)) {
      part.path("images").forEach(time -> times.add(time.asDouble()));
    }
    seconds.set("images", JsonMapper.shared().valueToTree(times));
    times.stream().findFirst().ifPresent(cold -> seconds.put("cold", cold));
    RunReport.median(times).ifPresent(median -> seconds.put("median", median));
    seconds.put("wall", wallSeconds() + seconds.path("wall").asDouble());
  }

  private void addTwin(ObjectNode whole, SavedReport later) {
    if (twin().isEmpty() || later.twin().isEmpty()) {
      whole.remove("twin");
      return;
    }
    TwinCheck before = twin().get();
    TwinCheck after = later.twin().get();
    boolean unequal =
        (before.compared() > 0 && !before.equal()) || (after.compared() > 0 && !after.equal());
    ObjectNode twin = whole.putObject("twin");
    twin.put("equal", before.compared() + after.compared() > 0 && !unequal);
    twin.put("maxUlp", Math.max(before.maxUlp(), after.maxUlp()));
    twin.put("compared", before.compared() + after.compared());
    twin.put("images", before.images() + after.images());
  }

  /// The same, of the images with this hash: of a part of what was read, or of several parts.
  public SavedReport ofImages(String sha256) {
    ObjectNode changed = ((ObjectNode) json).deepCopy();
    ((ObjectNode) changed.path("provenance").path("sha256")).put("manifest", sha256);
    return new SavedReport(changed);
  }

  /// The text of the file.
  public String toJson() {
    return json.toPrettyString();
  }

  @Override
  public String toString() {
    return "SavedReport[%s, %d images]".formatted(how(), images());
  }
}
