package org.blindread.mpc.protocol.masked;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Evaluation;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.RingTensor;

/// One party's engine of `3pc` for one session: seeds between P0 and each evaluator, and the masked
/// weights.
///
/// Freshness: a session's seeds are new, an image's masks derive from (seed, image), and an image
/// is evaluated once a session; so no mask serves twice, also after a crash. Only the weights'
/// masks λw, λC serve all images of a session.
final class MaskedEngine implements Engine<Share> {
  private static final int SEED_TAG = 1 << 30;

  private final Role role;
  private final Plan plan;
  private final Terms terms;
  private final Lane control;
  private final List<Form> kept;
  private final List<StepCost> costs;
  private final Optional<Seed> withFirst;
  private final Optional<Seed> withSecond;
  private final Optional<Prg> weightMasks;
  private final Set<Long> begun = ConcurrentHashMap.newKeySet();

  /// Exchanges seeds: P0 draws one for each evaluator and sends it.
  MaskedEngine(Session session, Plan plan, Terms terms) throws ProtocolException {
    this.role = Role.of(session.self());
    this.plan = plan;
    this.terms = terms;
    this.control = session.control();
    this.kept = Form.kept(plan);
    this.costs = StepCost.of(plan, terms);
    this.withFirst = role == Role.P2 ? Optional.empty() : Optional.of(seed(control, Party.VENDOR));
    this.withSecond =
        role == Role.P1 ? Optional.empty() : Optional.of(seed(control, Party.HOSPITAL));
    this.weightMasks = withFirst.map(seed -> new Prg(seed.derive("weights", 0)));
  }

  /// P0 draws the seed it shares with an evaluator; the evaluator receives it.
  private static Seed seed(Lane control, Party evaluator) throws ProtocolException {
    if (control.is(Party.HELPER)) {
      Seed seed = Seed.fresh();
      control.to(evaluator).sendBytes(SEED_TAG, seed.exposeTo(Seed.Use.PEER));
      return seed;
    }
    byte[] received = control.to(Party.HELPER).receiveBytes(SEED_TAG, Seed.BYTES);
    if (received.length != Seed.BYTES) {
      throw new ProtocolException(
          "helper sent a seed of %d bytes, %d were due".formatted(received.length, Seed.BYTES));
    }
    return Seed.received(received);
  }

  /// Kernels and offsets are masked once a session: P1 and P0 draw λ, P1 sends w + λ to P2. A bias
  /// and flips stay with P1.
  @Override
  public Share weight(int number, Step step, Instruction.Weight weight, Optional<RingTensor> value)
      throws ProtocolException {
    return switch (weight.role()) {
      case BIAS, FLIPS -> new Share.Private(value.map(RingTensor::values).orElse(new long[0]));
      case KERNEL -> {
        long[] masked = mask(number, step, value);
        long[] own = value.map(RingTensor::values).orElse(masked);
        yield new Share.Kernel(step.shape(), own, plan.numbers().bits(), new ConcurrentHashMap<>());
      }
      case OFFSET -> new Share.Threshold(mask(number, step, value));
    };
  }

  /// P0: λ. P1 and P2: value + λ.
  private long[] mask(int number, Step step, Optional<RingTensor> value) throws ProtocolException {
    int n = step.shape().size();
    int bytesEach = plan.numbers().bytesPerElement();
    long[] masked = new long[n];
    switch (role) {
      case P0 -> weightMasks.orElseThrow().fill(masked, 0, n);
      case P1 -> {
        weightMasks.orElseThrow().fill(masked, 0, n);
        long[] secret = value.orElseThrow().values();
        for (int i = 0; i < n; i++) {
          masked[i] += secret[i];
        }
        Channel hospital = control.to(Party.HOSPITAL);
        hospital.announce(number, (long) n * bytesEach, Channel.Phase.AHEAD);
        hospital.put(masked, 0, n, bytesEach);
        hospital.flush();
      }
      case P2 -> {
        Channel vendor = control.to(Party.VENDOR);
        vendor.expect(number, (long) n * bytesEach);
        vendor.take(masked, 0, n, bytesEach);
      }
    }
    return masked;
  }

  @Override
  public Evaluation<Share> evaluation(Lane lane, long image) {
    if (!begun.add(image)) {
      throw new IllegalStateException(
          "image " + image + " was begun before in this session; its masks serve once");
    }
    return new MaskedEvaluation(role, plan, terms, kept, costs, lane, correlations(lane, image));
  }

  private Correlations correlations(Lane lane, long image) {
    return switch (role) {
      case P0 ->
          new HelperStream.Generator(
              prg(withFirst, image), prg(withSecond, image), lane.to(Party.HOSPITAL));
      case P1 -> new HelperStream.First(prg(withFirst, image));
      case P2 -> new HelperStream.Second(prg(withSecond, image), lane.to(Party.HELPER));
    };
  }

  private static Prg prg(Optional<Seed> seed, long image) {
    return new Prg(seed.orElseThrow().derive("image", image));
  }
}
