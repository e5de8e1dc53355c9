package org.blindread.mpc.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A choice a protocol offers beyond [Mode] and [Reveal], the same at all parties and public.
///
/// @param name what users type before `=`
/// @param values what they may type after it; the first is the default
/// @param help one sentence: what the choice decides and what it costs
public record Knob(String name, List<String> values, String help) {
  public Knob {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("knob '" + name + "' offers nothing");
    }
  }

  public String standard() {
    return values.getFirst();
  }

  /// Its value among the knobs that were turned.
  ///
  /// @param chosen by name; a knob that is not among them stands at its default
  public String value(Map<String, String> chosen) {
    return Optional.ofNullable(chosen.get(name)).orElse(standard());
  }

  /// Checks that a protocol has the knobs that were turned, and the values.
  ///
  /// @throws IllegalArgumentException listing what there is
  public static void check(Protocol protocol, Map<String, String> chosen) {
    Map<String, Knob> knobs = new TreeMap<>();
    protocol.knobs().forEach(knob -> knobs.put(knob.name(), knob));
    new TreeMap<>(chosen)
        .forEach(
            (name, value) ->
                Optional.ofNullable(knobs.get(name))
                    .orElseThrow(() -> unknown(protocol, name, knobs))
                    .check(value));
  }

  private static IllegalArgumentException unknown(
      Protocol protocol, String name, Map<String, Knob> knobs) {
    return new IllegalArgumentException(
        "protocol %s has no knob '%s'; it has %s"
            .formatted(
                protocol.name(),
                name,
                knobs.isEmpty() ? "none" : String.join(", ", knobs.keySet())));
  }

  private void check(String value) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "%s must be one of %s, not '%s'".formatted(name, String.join(", ", values), value));
    }
  }

  /// Every knob of a protocol as `name=value`, defaults included; what the parties compare. Empty
  /// for a protocol that has none.
  public static String text(List<Knob> offered, Map<String, String> chosen) {
    return offered.stream()
        .map(knob -> knob.name() + "=" + knob.value(chosen))
        .collect(Collectors.joining(" "));
  }
}
