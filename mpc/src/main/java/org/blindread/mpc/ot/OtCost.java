package org.blindread.mpc.ot;

/// What a step between the two parties of an OT costs.
///
/// @param rounds dependency depth of its messages, those left out that depend on no data
/// @param fromSender payload bytes of the OT sender
/// @param fromReceiver payload bytes of the OT receiver
public record OtCost(int rounds, long fromSender, long fromReceiver) {
  public static final OtCost NONE = new OtCost(0, 0, 0);

  /// The same with the roles exchanged.
  public OtCost reversed() {
    return new OtCost(rounds, /* fromSender= */ fromReceiver, /* fromReceiver= */ fromSender);
  }

  /// One after the other.
  public OtCost plus(OtCost other) {
    return new OtCost(
        rounds + other.rounds, fromSender + other.fromSender, fromReceiver + other.fromReceiver);
  }
}
