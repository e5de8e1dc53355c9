package org.blindread.workbench;

import java.util.Map;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.ThreatModel;

/// The card every secure run prints: who learns what, who is trusted for what, what a cheat could
/// do.
public final class ThreatCard {
  private ThreatCard() {}

  /// The card's text.
  ///
  /// @param knobs the protocol's knobs that were turned, by name
  public static String text(
      Protocol protocol, Mode mode, Reveal reveal, Map<String, String> knobs) {
    ThreatModel threat = protocol.threat();
    StringBuilder text = new StringBuilder();
    text.append("protocol ").append(protocol.name()).append(", ").append(mode).append(" mode\n");
    if (!protocol.knobs().isEmpty()) {
      text.append("  knobs: ").append(Knob.text(protocol.knobs(), knobs)).append('\n');
    }
    text.append("  adversary: ").append(threat.adversary()).append('\n');
    threat.learns().forEach(line -> text.append("  learns: ").append(line).append('\n'));
    text.append("  scores: ").append(scores(reveal)).append('\n');
    text.append("  trust: ").append(threat.trust()).append('\n');
    text.append("  cheating: ").append(threat.cheating()).append('\n');
    text.append("  error: ").append(error(protocol, mode)).append('\n');
    text.append("  source: ").append(threat.paper());
    return text.toString();
  }

  private static String scores(Reveal reveal) {
    return switch (reveal) {
      case HOSPITAL -> "the hospital learns them, nobody else";
      case VENDOR -> "the vendor learns them, nobody else";
      case BOTH -> "vendor and hospital learn them";
      case NONE -> "nobody learns them; vendor and hospital keep one additive share each";
    };
  }

  private static String error(Protocol protocol, Mode mode) {
    int ulps = protocol.ulps(mode);
    return ulps == 0
        ? "none against the cleartext twin while every value is in range"
        : "up to %d units of the last place a step against the cleartext twin".formatted(ulps);
  }
}
