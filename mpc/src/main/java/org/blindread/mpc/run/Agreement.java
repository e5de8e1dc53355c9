package org.blindread.mpc.run;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Terms;

/// What all parties must agree on before any secret flows. A difference ends the run and is named.
///
/// @param run id of the run, chosen by its operators
/// @param protocol name, for example `3pc`
/// @param version of this program
/// @param plan SHA-256 of the plan's text
/// @param mode faithful or fast
/// @param reveal who learns the scores
/// @param knobs the protocol's further choices, as [Terms#knobs] puts them
/// @param images how many images the run has
/// @param lanes how many are read at once
public record Agreement(
    String run,
    String protocol,
    String version,
    String plan,
    String mode,
    String reveal,
    String knobs,
    long images,
    int lanes) {
  private static final int TAG = (1 << 30) + 1;
  private static final int LIMIT_BYTES = 4096;

  /// The agreement of a run.
  ///
  /// @param run id of the run
  /// @param version of this program
  public static Agreement of(
      String run, Protocol protocol, String version, Plan plan, Terms terms, int lanes) {
    return new Agreement(
        run,
        protocol.name(),
        version,
        PlanText.hash(plan),
        terms.mode().toString(),
        terms.reveal().toString(),
        terms.knobs(protocol.knobs()),
        terms.images(),
        lanes);
  }

  /// Compares with every peer.
  ///
  /// @throws ProtocolException naming the peer and what differs
  public void settle(Lane control) throws ProtocolException {
    byte[] mine = text().getBytes(StandardCharsets.UTF_8);
    for (Party peer : control.peers()) {
      control.to(peer).sendBytes(TAG, mine);
    }
    for (Party peer : control.peers()) {
      Channel channel = control.to(peer);
      compare(peer, new String(channel.receiveBytes(TAG, LIMIT_BYTES), StandardCharsets.UTF_8));
    }
  }

  private void compare(Party peer, String text) throws ProtocolException {
    Map<String, String> theirs = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon < 0) {
        throw new ProtocolException(peer + " did not state its terms in a form this version reads");
      }
      theirs.put(line.substring(0, colon), line.substring(colon + 2));
    }
    for (Map.Entry<String, String> term : terms().entrySet()) {
      String other = theirs.getOrDefault(term.getKey(), "nothing");
      if (!term.getValue().equals(other)) {
        throw new ProtocolException(
            "%s and this party differ in '%s': '%s' there, '%s' here; agree and start again"
                .formatted(peer, term.getKey(), printable(other), term.getValue()));
      }
    }
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[^\\p{Print}]", "?");
    return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    terms().forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.setLength(text.length() - 1);
    return text.toString();
  }

  private Map<String, String> terms() {
    Map<String, String> terms = new LinkedHashMap<>();
    terms.put("version", version);
    terms.put("run", run);
    terms.put("protocol", protocol);
    terms.put("plan", plan);
    terms.put("mode", mode);
    terms.put("reveal", reveal);
    terms.put("knobs", knobs);
    terms.put("images", String.valueOf(images));
    terms.put("lanes", String.valueOf(lanes));
    return terms;
  }
}
