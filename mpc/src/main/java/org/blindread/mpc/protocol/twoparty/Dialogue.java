package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.ot.TwoWayOt;
import org.blindread.mpc.ot.Wire;

/// One party's end of the conversation of vendor and hospital in one lane. For one thread.
///
/// @param vendor whether this party is the vendor (P0 of the formulas), else the hospital (P1)
/// @param wire where messages go
/// @param ot OTs in both directions over the same wire
/// @param secrets this party's randomness in this lane
record Dialogue(boolean vendor, Wire wire, TwoWayOt ot, Prg secrets) {
  /// Makes sure that the COTs are in stock which a step will use.
  void prepare(Demand demand) throws ProtocolException {
    if (vendor) {
      ot.prepare(demand.vendorSends(), demand.hospitalSends());
    } else {
      ot.prepare(demand.hospitalSends(), demand.vendorSends());
    }
  }

  /// 1 at the vendor, 0 at the hospital: whose share a public summand joins.
  long one() {
    return vendor ? 1 : 0;
  }

  /// All ones at the vendor, none at the hospital.
  long allOnes() {
    return vendor ? -1 : 0;
  }

  @Override
  public String toString() {
    return "Dialogue with " + wire.peer();
  }
}
