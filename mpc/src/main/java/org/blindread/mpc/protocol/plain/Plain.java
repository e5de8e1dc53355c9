package org.blindread.mpc.protocol.plain;

import java.util.List;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.protocol.ThreatModel;

/// `plain`: the cleartext fixed-point twin, the truth for every protocol. Not secure, never called
/// so.
public final class Plain implements Protocol {
  /// For `ServiceLoader`.
  public Plain() {}

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public List<Party> parties() {
    return List.of();
  }

  @Override
  public ThreatModel threat() {
    return new ThreatModel(
        "none: everything is in the clear",
        List.of("whoever runs it learns image, weights and scores"),
        "nothing is protected",
        "not applicable",
        "none; docs/numeric-semantics.md defines its arithmetic");
  }

  @Override
  public int ulps(Mode mode) {
    return 0;
  }

  @Override
  public List<Cost> costs(Plan plan, Terms terms) {
    return plan.steps().stream().map(_ -> Cost.NONE).toList();
  }

  @Override
  public Cost sessionCost(Plan plan, Terms terms) {
    return Cost.NONE;
  }

  @Override
  public Engine<?> engine(Session session, Plan plan, Terms terms) {
    return new PlainEngine(plan);
  }
}
