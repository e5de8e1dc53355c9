package org.blindread.workbench;

import java.util.List;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.protocol.ThreatModel;
import org.blindread.mpc.run.Protocols;

/// `3pc` with two knobs that change nothing, found by `ServiceLoader` in tests alone: shows how a
/// protocol's knobs travel from a user's words to all parties.
public final class Turnable implements Protocol {
  /// For `ServiceLoader`.
  public Turnable() {}

  private static Protocol inner() {
    return Protocols.of("3pc");
  }

  @Override
  public String name() {
    return "turnable";
  }

  @Override
  public List<Knob> knobs() {
    return List.of(
        new Knob("ot", List.of("softspoken", "ferret", "iknp"), "which OT"),
        new Knob("prepare", List.of("off", "on"), "whether ahead of the image"));
  }

  @Override
  public List<Party> parties() {
    return inner().parties();
  }

  @Override
  public ThreatModel threat() {
    return inner().threat();
  }

  @Override
  public int ulps(Mode mode) {
    return inner().ulps(mode);
  }

  @Override
  public List<Cost> costs(Plan plan, Terms terms) {
    terms.check(this);
    return inner().costs(plan, terms);
  }

  @Override
  public Cost sessionCost(Plan plan, Terms terms) {
    return inner().sessionCost(plan, terms);
  }

  @Override
  public Engine<?> engine(Session session, Plan plan, Terms terms) throws ProtocolException {
    terms.check(this);
    return inner().engine(session, plan, terms);
  }
}
