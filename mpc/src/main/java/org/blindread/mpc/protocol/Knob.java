package org.blindread.mpc.protocol;

import java.util.List;

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

  /// This choice set to `value`.
  ///
  /// @throws IllegalArgumentException listing the values there are
  public void check(String value) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "%s must be one of %s, not '%s'".formatted(name, String.join(", ", values), value));
    }
  }
}
