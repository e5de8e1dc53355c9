package org.blindread.workbench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Option;

/// What a protocol offers beyond mode and reveal. The command line and the cells of a notebook
/// share it.
public final class KnobOption {
  @Option(
      names = "--with",
      paramLabel = "NAME=VALUE",
      split = ",",
      description =
          "Turn a knob of the protocol, such as ot=ferret; may be repeated. docs/protocols.md lists"
              + " what each protocol offers.")
  private List<String> with = new ArrayList<>();

  /// An option as yet unset.
  public KnobOption() {}

  /// Whether any knob was turned.
  boolean given() {
    return with.stream().anyMatch(word -> !word.isBlank());
  }

  /// The knobs that were turned, by name; no knob for an empty word, as a notebook's parameter has
  /// it.
  ///
  /// @throws WorkbenchException if a word is not `NAME=VALUE`, or a knob is turned twice
  public Map<String, String> chosen() throws WorkbenchException {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String word : with) {
      if (word.isBlank()) {
        continue;
      }
      String[] parts = word.strip().split("=", -1);
      if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw new WorkbenchException(
            "--with takes NAME=VALUE, such as ot=ferret, not '" + word + "'");
      }
      if (chosen.containsKey(parts[0])) {
        throw new WorkbenchException("--with turns '" + parts[0] + "' twice; give it once");
      }
      chosen.put(parts[0], parts[1]);
    }
    return chosen;
  }
}
