package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What makes two runs the same, kept beside the scores: a run is resumed only into scores of its
/// like.
///
/// @param values by name: model, card, manifest, protocol or engine, bits, scale, mode, reveal,
///   knobs, run
public record RunIdentity(Map<String, String> values) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public RunIdentity {
    values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /// Where it lies.
  public static Path pathFor(Path scores) {
    return scores.resolveSibling(scores.getFileName() + ".run.json");
  }

  /// The value that a run begun earlier has under a name, if there is one.
  static java.util.Optional<String> earlier(Path scores, String name) throws WorkbenchException {
    return Files.exists(pathFor(scores))
        ? java.util.Optional.ofNullable(read(pathFor(scores)).values.get(name))
        : java.util.Optional.empty();
  }

  /// Checks that scores begun earlier are of this run, or writes down that they begin now.
  ///
  /// @throws WorkbenchException naming what differs
  public void settle(Path scores, boolean resume) throws WorkbenchException {
    if (resume && Files.exists(pathFor(scores))) {
      check(scores);
    } else {
      write(scores);
    }
  }

  /// Checks that scores begun earlier are of this run.
  ///
  /// @throws WorkbenchException naming what differs
  void check(Path scores) throws WorkbenchException {
    Map<String, String> before = read(pathFor(scores)).values;
    for (Map.Entry<String, String> value : values.entrySet()) {
      String other = before.getOrDefault(value.getKey(), "nothing");
      if (!other.equals(value.getValue())) {
        throw new WorkbenchException(
            "%s was begun with another %s (%s, now %s); begin a run of another name and out, or give the same again"
                .formatted(scores, value.getKey(), brief(other), brief(value.getValue())));
      }
    }
  }

  /// Writes down that scores begin now.
  void write(Path scores) throws WorkbenchException {
    Path file = pathFor(scores);
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.writeString(file, JSON.writeValueAsString(values) + "\n");
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the folder there and yours?", e);
    }
  }

  private static String brief(String value) {
    return value.length() == 64 ? value.substring(0, 12) + "…" : value;
  }

  private static RunIdentity read(Path file) throws WorkbenchException {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      Map<String, String> values = new TreeMap<>();
      json.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asString()));
      return new RunIdentity(values);
    } catch (IOException | JacksonException e) {
      throw new WorkbenchException(
          file + " is damaged; name another --out and run without --resume", e);
    }
  }
}
