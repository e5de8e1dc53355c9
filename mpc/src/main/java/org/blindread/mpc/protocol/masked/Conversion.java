package org.blindread.mpc.protocol.masked;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.LocalMap;

/// From one [Form] of a value to another: upward by one message, downward without talking.
///
/// Every message is a summand plus a mask that its receiver does not know: λ of P0 and P2 towards
/// P1; λ_i of P0 and P_i towards the other evaluator.
record Conversion(Role role, Plan plan, List<Form> kept, Lane lane, Correlations correlations) {
  /// What P0 holds of a local sum.
  static final long[] NOTHING = new long[0];

  /// Converts a local sum to the form its readers need.
  Share keep(int number, long[] part) throws ProtocolException {
    int n = plan.step(number).shape().size();
    return switch (kept.get(number)) {
      case SUMMANDS -> new Share.Summands(part);
      case VEILED -> new Share.Veiled(veilPart(number, n, part));
      case OPENED -> open(number, n, part);
    };
  }

  /// One message from P2: x_2 + λ, so that P1 holds x + λ.
  private long[] veilPart(int number, int n, long[] part) throws ProtocolException {
    long[] mask = new long[n];
    correlations.veil(mask);
    return switch (role) {
      case P0 -> mask;
      case P2 -> {
        Channel peer = peer().orElseThrow();
        peer.announce(number, (long) n * plan.numbers().bytesPerElement(), Channel.Phase.ONLINE);
        peer.put(LocalMap.add(part, mask), 0, n, plan.numbers().bytesPerElement());
        peer.flush();
        yield mask;
      }
      case P1 -> {
        Channel peer = peer().orElseThrow();
        peer.expect(number, (long) n * plan.numbers().bytesPerElement());
        peer.take(mask, 0, n, plan.numbers().bytesPerElement());
        yield LocalMap.add(part, mask);
      }
    };
  }

  /// One exchange: x_i + λ_i, so that both hold Δ = x + λ.
  private Share open(int number, int n, long[] part) throws ProtocolException {
    long[] first = new long[role == Role.P2 ? 0 : n];
    long[] second = new long[role == Role.P1 ? 0 : n];
    correlations.mask(first, second, 0, n);
    if (role == Role.P0) {
      return new Share.Opened(first, second);
    }
    long[] mask = role == Role.P1 ? first : second;
    long[] delta = LocalMap.add(part, mask);
    Exchange.all(
        peer().orElseThrow(),
        number,
        delta,
        plan.numbers().bytesPerElement(),
        Correlations.Sharing.SUM);
    return new Share.Opened(delta, mask);
  }

  /// The channel to the other evaluator; absent at P0.
  Optional<Channel> peer() {
    return switch (role) {
      case P0 -> Optional.empty();
      case P1 -> Optional.of(lane.to(Party.HOSPITAL));
      case P2 -> Optional.of(lane.to(Party.VENDOR));
    };
  }

  /// This evaluator's summand of a value in any form.
  long[] part(Share share) {
    return switch (share) {
      case Share.Summands(long[] part) -> part;
      case Share.Veiled(long[] veil) -> role == Role.P1 ? veil : negate(veil);
      case Share.Opened(long[] delta, long[] mask) ->
          role == Role.P1 ? LocalMap.subtract(delta, mask) : negate(mask);
      case Share.Kernel _, Share.Private _, Share.Threshold _ -> throw constant();
    };
  }

  /// x + λ at P1, λ at P2 and P0.
  long[] veil(Share share) {
    return switch (share) {
      case Share.Veiled(long[] veil) -> veil;
      case Share.Opened(long[] first, long[] second) ->
          role == Role.P1 ? LocalMap.subtract(first, second) : second;
      case Share.Summands _ ->
          throw new IllegalStateException("a linear layer reads a value that was not veiled");
      case Share.Kernel _, Share.Private _, Share.Threshold _ -> throw constant();
    };
  }

  private static IllegalStateException constant() {
    return new IllegalStateException("a weight was read as a value of the image");
  }

  private static long[] negate(long[] values) {
    long[] negated = new long[values.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -values[i];
    }
    return negated;
  }

  @Override
  public String toString() {
    return "Conversion[" + role + "]";
  }
}
