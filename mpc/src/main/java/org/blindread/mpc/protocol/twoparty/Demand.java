package org.blindread.mpc.protocol.twoparty;

/// COTs a step uses up, in units of [org.blindread.mpc.ot.OtExtension#UNIT] each time they are
/// taken.
///
/// @param vendorSends where the vendor is the OT sender
/// @param hospitalSends where the hospital is
record Demand(int vendorSends, int hospitalSends) {
  static final Demand NONE = new Demand(0, 0);

  Demand plus(Demand other) {
    return new Demand(
        Math.addExact(vendorSends, other.vendorSends),
        Math.addExact(hospitalSends, other.hospitalSends));
  }
}
