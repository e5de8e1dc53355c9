package org.blindread.workbench;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.RefusedPlanException;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.run.Agreement;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.run.PartyRun;
import org.blindread.mpc.run.Reading;
import org.blindread.mpc.tensor.RingTensor;

/// What all parties of a secure run have in common.
///
/// @param run its name
/// @param protocol how
/// @param terms ring, mode, reveal, knobs, and how many images
/// @param plan what
/// @param lanes how many are read at once
public record SecureJob(String run, Protocol protocol, Terms terms, Plan plan, int lanes) {
  /// @throws RefusedPlanException if the protocol cannot carry out the plan
  public SecureJob {
    RefusedPlanException.check(protocol, plan);
  }

  /// How many images the run has.
  int images() {
    return Math.toIntExact(terms.images());
  }

  /// One party's run.
  ///
  /// @param weights at the vendor alone
  /// @param pixels at the hospital alone
  /// @param done images whose result the party has
  public PartyRun at(
      Optional<Map<String, RingTensor>> weights,
      Optional<Images> pixels,
      BitSet done,
      Observer observer) {
    Agreement agreement = Agreement.of(run, protocol, version(), plan, terms, lanes);
    return new PartyRun(protocol, plan, terms, agreement, weights, pixels, done, observer);
  }

  private static String version() {
    return Provenance.of(Map.of(), Map.of()).versions().getOrDefault("blindread", "development");
  }

  /// The head of a party's share file.
  ShareHeader shares(Party party, java.util.List<String> findings) {
    int scale = Reading.outputs(plan).getFirst().scale();
    return new ShareHeader(plan.numbers().bits(), scale, party, run, findings);
  }
}
