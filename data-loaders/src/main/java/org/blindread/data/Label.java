package org.blindread.data;

import java.util.Optional;

/// What a reader said of one finding on one image. A finding nobody spoke of has no label.
public enum Label {
  PRESENT('1'),
  ABSENT('0'),
  /// Mentioned, but neither confirmed nor excluded (−1 in CheXpert's tables).
  UNCERTAIN('?');

  private final char code;

  Label(char code) {
    this.code = code;
  }

  /// One character for [Labels].
  char code() {
    return code;
  }

  /// As a csv's cell holds it: 1, 0 or -1.
  public String cell() {
    return this == UNCERTAIN ? "-1" : String.valueOf(code);
  }

  /// The label a cell holds: 1, 0 or −1, also written 1.0, 0.0, -1.0; empty for any other text.
  public static Optional<Label> parse(String cell) {
    return switch (cell) {
      case "1", "1.0" -> Optional.of(PRESENT);
      case "0", "0.0" -> Optional.of(ABSENT);
      case "-1", "-1.0", "−1" -> Optional.of(UNCERTAIN);
      default -> Optional.empty();
    };
  }
}
