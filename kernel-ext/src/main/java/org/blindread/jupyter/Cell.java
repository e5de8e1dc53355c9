package org.blindread.jupyter;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.lang.model.SourceVersion;

/// One execution of a magic: its words, its Java, and the kernel it runs in.
///
/// @param host the kernel
/// @param arguments the words after the magic's name
/// @param body the Java below; empty for a line
public record Cell(Host host, List<String> arguments, String body) {
  private static final ConcurrentMap<String, Object> HANDED_OVER = new ConcurrentHashMap<>();
  private static final AtomicLong KEYS = new AtomicLong();

  public Cell {
    arguments = List.copyOf(arguments);
  }

  /// Runs the body, if there is any.
  ///
  /// @return its last value, if it has one
  /// @throws CellFailure if it does not compile or throws
  public Optional<Object> evaluateBody() {
    return body.isBlank() ? Optional.empty() : evaluate(body, "the cell's Java failed");
  }

  /// The value of a variable of the notebook.
  ///
  /// @throws CellFailure if there is none of the name
  public Optional<Object> variable(String name) {
    try {
      return host.evaluate(name);
    } catch (CellFailure e) {
      throw new CellFailure(
          "there is neither a file nor a variable '" + name + "'; declare it above or below", e);
    }
  }

  private Optional<Object> evaluate(String code, String failure) {
    try {
      return host.evaluate(code);
    } catch (CellFailure e) {
      throw new CellFailure(failure + ": " + e.getMessage(), e);
    }
  }

  /// Whether a word could name a variable.
  public static boolean isName(String word) {
    return SourceVersion.isIdentifier(word) && !SourceVersion.isKeyword(word);
  }

  /// Refuses what [#bind] would refuse, before long work begins.
  ///
  /// @throws CellFailure if it names no variable
  public static void checkName(String name) {
    if (!isName(name)) {
      throw new CellFailure("--out takes the name of a variable, not '" + name + "'");
    }
  }

  /// Gives the notebook a variable.
  ///
  /// @param type the variable's, public
  /// @throws CellFailure if the name is none
  public <T> void bind(String name, Class<T> type, T value) {
    checkName(name);
    String key = String.valueOf(KEYS.incrementAndGet());
    HANDED_OVER.put(key, value);
    String typeName = type.getCanonicalName();
    var _ =
        evaluate(
            "%s %s = (%s) %s.handOver(\"%s\");"
                .formatted(typeName, name, typeName, Cell.class.getCanonicalName(), key),
            "'" + name + "' could not be declared");
  }

  /// For the code that [#bind] makes the notebook run: gives a value once.
  public static Object handOver(String key) {
    return Optional.ofNullable(HANDED_OVER.remove(key))
        .orElseThrow(() -> new IllegalStateException("value " + key + " was handed over already"));
  }

  /// Shows a value as its [Display] says.
  public void show(Object value) {
    host.show(Displays.bundle(value));
  }
}
