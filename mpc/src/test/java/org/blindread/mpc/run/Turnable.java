package org.blindread.mpc.run;

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

/// `3pc` with two knobs that change nothing: shows how a protocol's knobs travel.
record Turnable(Protocol inner) implements Protocol {
  static final Knob OT = new Knob("ot", List.of("softspoken", "ferret", "iknp"), "which OT");
  static final Knob PREPARE = new Knob("prepare", List.of("off", "on"), "whether ahead");

  static Turnable protocol() {
    return new Turnable(Protocols.of("3pc"));
  }

  @Override
  public String name() {
    return "turnable";
  }

  @Override
  public List<Knob> knobs() {
    return List.of(OT, PREPARE);
  }

  @Override
  public List<Party> parties() {
    return inner.parties();
  }

  @Override
  public ThreatModel threat() {
    return inner.threat();
  }

  @Override
  public int ulps(Mode mode) {
    return inner.ulps(mode);
  }

  @Override
  public List<Cost> costs(Plan plan, Terms terms) {
    terms.check(this);
    return inner.costs(plan, terms);
  }

  @Override
  public Cost sessionCost(Plan plan, Terms terms) {
    return inner.sessionCost(plan, terms);
  }

  @Override
  public Engine<?> engine(Session session, Plan plan, Terms terms) throws ProtocolException {
    terms.check(this);
    return inner.engine(session, plan, terms);
  }
}
