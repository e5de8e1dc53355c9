package org.blindread.mpc.protocol;

/// How close a protocol stays to the cleartext twin.
public enum Mode {
  /// Equal to the twin bit for bit while no value leaves its range. The default.
  FAITHFUL,
  /// Cheaper; states its error in ulps per instruction.
  FAST;

  public static Mode parse(String text) {
    return switch (text) {
      case "faithful" -> FAITHFUL;
      case "fast" -> FAST;
      default ->
          throw new IllegalArgumentException("mode must be faithful or fast, not '" + text + "'");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
