package org.blindread.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a run took and whether it may be believed: the JSON that `run --json` writes. Names are
/// stable, units SI, all bytes payload before encryption.
///
/// @param settings protocol or engine, mode, reveal, knobs, bits, scale, parties, transport, lanes,
///   images, error
/// @param times of the images read now, in the order they were done; the first ran cold
/// @param wallSeconds from the first byte to the last result, set-up included
/// @param parties by name; empty for a run in the clear
/// @param twin the comparison with the cleartext twin, if there was one
/// @param overflows layers in which values left their range
/// @param warnings what was overridden, such as an unsafe range
/// @param provenance where the result comes from
public record RunReport(
    Map<String, Object> settings,
    List<Double> times,
    double wallSeconds,
    Map<String, PartyReport> parties,
    Optional<TwinCheck> twin,
    List<OverflowTally.Layer> overflows,
    List<String> warnings,
    Provenance provenance) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public RunReport {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    times = List.copyOf(times);
    parties = Collections.unmodifiableMap(new TreeMap<>(parties));
    overflows = List.copyOf(overflows);
    warnings = List.copyOf(warnings);
  }

  /// How far results may be from the twin's, as a setting: `ulps` of one step, and the probability
  /// that it is more.
  static Map<String, Object> error(int ulps) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("ulps", ulps);
    error.put("failureProbability", 0);
    return error;
  }

  /// Seconds of the first image; empty if no image was read.
  public Optional<Double> cold() {
    return times.stream().findFirst();
  }

  /// Median seconds of the others; empty if there are none.
  public Optional<Double> median() {
    return median(times);
  }

  static Optional<Double> median(List<Double> times) {
    if (times.size() < 2) {
      return Optional.empty();
    }
    List<Double> warm = new ArrayList<>(times.subList(1, times.size()));
    Collections.sort(warm);
    int middle = warm.size() / 2;
    return Optional.of(
        warm.size() % 2 == 1 ? warm.get(middle) : (warm.get(middle - 1) + warm.get(middle)) / 2);
  }

  /// The steps of the plan: time as the hospital saw it, which adds up to that of an image, bytes
  /// and rounds of all parties together.
  public List<StepSummary> steps() {
    List<StepSummary> steps = new ArrayList<>();
    for (PartyReport party : parties.values()) {
      for (int i = 0; i < party.steps().size(); i++) {
        if (i < steps.size()) {
          steps.set(i, steps.get(i).beside(party.steps().get(i)));
        } else {
          steps.add(party.steps().get(i));
        }
      }
    }
    Optional<PartyReport> hospital =
        Optional.ofNullable(parties.get("hospital"))
            .filter(report -> report.steps().size() == steps.size());
    int depth = 0;
    for (int i = 0; i < steps.size(); i++) {
      StepSummary step = steps.get(i);
      int reached = Math.max(depth, depth(i));
      int at = i;
      double seconds =
          hospital.map(report -> report.steps().get(at).seconds()).orElse(step.seconds());
      steps.set(
          i, new StepSummary(step.layer(), step.kind(), seconds, reached - depth, step.bytes()));
      depth = reached;
    }
    return steps;
  }

  /// The depth of the messages after a step at the party where it is deepest.
  private int depth(int step) {
    int deepest = 0;
    for (PartyReport party : parties.values()) {
      int depth = party.steps().stream().limit(step + 1L).mapToInt(StepSummary::rounds).sum();
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /// What the protocol states of the plan, one sentence each.
  public List<String> statements() {
    return settings.get("statements") instanceof List<?> sentences
        ? sentences.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// Payload bytes of one image by link.
  public Map<String, Long> bytes() {
    Map<String, Long> bytes = new TreeMap<>();
    for (StepSummary step : steps()) {
      step.bytes().forEach((link, count) -> bytes.merge(link, count, Long::sum));
    }
    return bytes;
  }

  /// Payload bytes sent once a session by link: weights and agreement.
  public Map<String, Long> sessionBytes() {
    Map<String, Long> bytes = new TreeMap<>();
    parties
        .values()
        .forEach(
            party ->
                party.sessionBytes().forEach((link, count) -> bytes.merge(link, count, Long::sum)));
    return bytes;
  }

  /// The most memory each party's process had; empty where parties had none of their own.
  public Map<String, Long> peakMemoryBytes() {
    Map<String, Long> peaks = new TreeMap<>();
    parties.forEach(
        (name, party) -> party.peakMemoryBytes().ifPresent(peak -> peaks.put(name, peak)));
    return peaks;
  }

  /// Writes the report.
  ///
  /// @throws WorkbenchException if the file cannot be written
  public void write(Path file) throws WorkbenchException {
    try {
      Files.writeString(file, toJson() + "\n");
    } catch (java.io.IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the folder there and yours?", e);
    }
  }

  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>(settings);
    List<StepSummary> steps = steps();
    json.put("seconds", seconds(steps));
    if (!parties.isEmpty()) {
      json.put("bytes", bytes());
      json.put("sessionBytes", sessionBytes());
      json.put("rounds", steps.stream().mapToInt(StepSummary::rounds).sum());
    }
    if (!peakMemoryBytes().isEmpty()) {
      json.put("peakMemoryBytes", peakMemoryBytes());
    }
    twin.ifPresent(
        check -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("equal", check.equal());
          fields.put("maxUlp", check.maxUlp());
          fields.put("compared", check.compared());
          fields.put("images", check.images());
          json.put("twin", fields);
        });
    json.put("overflows", overflows.stream().map(RunReport::json).toList());
    json.put("warnings", warnings);
    json.put("provenance", json(provenance));
    return JSON.writeValueAsString(json);
  }

  private Map<String, Object> seconds(List<StepSummary> steps) {
    Map<String, Object> seconds = new LinkedHashMap<>();
    cold().ifPresent(value -> seconds.put("cold", value));
    median().ifPresent(value -> seconds.put("median", value));
    seconds.put("wall", wallSeconds);
    seconds.put("images", times);
    if (!steps.isEmpty()) {
      seconds.put("perKind", perKind(steps));
      seconds.put("perLayer", perLayer(steps));
    }
    return seconds;
  }

  /// Median seconds by kind of instruction.
  public static Map<String, Double> perKind(List<StepSummary> steps) {
    Map<String, Double> kinds = new TreeMap<>();
    steps.stream()
        .filter(step -> !step.kind().equals("weight"))
        .forEach(step -> kinds.merge(step.kind(), step.seconds(), Double::sum));
    return kinds;
  }

  private static List<Map<String, Object>> perLayer(List<StepSummary> steps) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (StepSummary layer : StepSummary.layers(steps)) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("layer", layer.layer());
      fields.put("kind", layer.kind());
      fields.put("seconds", layer.seconds());
      fields.put("rounds", layer.rounds());
      fields.put("bytes", layer.bytes());
      json.add(fields);
    }
    return json;
  }

  private static Map<String, Object> json(OverflowTally.Layer layer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layer", layer.layer());
    json.put("images", layer.images());
    json.put("values", layer.values());
    json.put("extreme", layer.extreme());
    return json;
  }

  private static Map<String, Object> json(Provenance provenance) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sha256", provenance.sha256());
    json.put("versions", provenance.versions());
    json.put("cpu", provenance.cpu());
    json.put("processors", provenance.processors());
    json.put("system", provenance.system());
    return json;
  }
}
