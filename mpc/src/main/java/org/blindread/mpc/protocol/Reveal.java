package org.blindread.mpc.protocol;

import org.blindread.mpc.net.Party;

/// Who learns the scores. There is no default: a run states it.
public enum Reveal {
  HOSPITAL,
  VENDOR,
  BOTH,
  /// Nobody: each evaluating party keeps an additive share.
  NONE;

  /// Whether a party learns the scores.
  public boolean to(Party party) {
    return switch (this) {
      case HOSPITAL -> party.equals(Party.HOSPITAL);
      case VENDOR -> party.equals(Party.VENDOR);
      case BOTH -> party.equals(Party.HOSPITAL) || party.equals(Party.VENDOR);
      case NONE -> false;
    };
  }

  public static Reveal parse(String text) {
    return switch (text) {
      case "hospital" -> HOSPITAL;
      case "vendor" -> VENDOR;
      case "both" -> BOTH;
      case "none" -> NONE;
      default ->
          throw new IllegalArgumentException(
              "reveal must be hospital, vendor, both or none, not '" + text + "'");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
