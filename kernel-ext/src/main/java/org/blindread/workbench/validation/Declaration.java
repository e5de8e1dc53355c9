package org.blindread.workbench.validation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.ledger.Ledger;

/// What a study declares before it reads: the margin of equivalence. The ledger remembers it, so
/// that a margin changed once scores are there is called what it is.
///
/// @param margin as declared, or as changed afterwards
public record Declaration(Margin margin) {
  private static final String VALUE = "margin";
  private static final String RATIONALE = "margin rationale";
  private static final String BEFORE = "margin declared before scores";

  /// Declares a margin in a study's ledger. One that differs from what was declared counts as
  /// declared before the data were seen only while the ledger holds no run.
  ///
  /// @param value a difference of two areas under the ROC curve, above 0
  /// @param rationale why this value
  /// @throws WorkbenchException if the value is no margin or the ledger cannot be written
  public static Declaration make(Path study, double value, String rationale)
      throws WorkbenchException {
    if (!(value > 0 && value < 1)) {
      throw new WorkbenchException(
          "a margin is a difference of two AUROCs, between 0 and 1, such as 0.01, not " + value);
    }
    try (Ledger ledger = Ledger.open(study)) {
      Optional<Declaration> before = of(ledger);
      if (before.isPresent()
          && before.get().margin().value() == value
          && before.get().margin().rationale().equals(rationale)) {
        return before.get();
      }
      boolean unseen = ledger.runs().isEmpty();
      Map<String, String> values = new LinkedHashMap<>();
      values.put(VALUE, Double.toString(value));
      values.put(RATIONALE, rationale);
      values.put(BEFORE, Boolean.toString(unseen));
      ledger.declare(values);
      return new Declaration(new Margin(value, rationale, unseen));
    }
  }

  /// What a ledger remembers; empty if nothing was declared.
  ///
  /// @throws WorkbenchException if it is damaged
  static Optional<Declaration> of(Ledger ledger) throws WorkbenchException {
    Map<String, String> values = ledger.declared();
    if (!values.containsKey(VALUE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Declaration(
              new Margin(
                  Double.parseDouble(values.get(VALUE)),
                  values.getOrDefault(RATIONALE, ""),
                  Boolean.parseBoolean(values.get(BEFORE)))));
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(
          "the ledger's margin is damaged: " + e.getMessage() + "; begin in another folder", e);
    }
  }
}
