package org.blindread.mpc.protocol.twoparty;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.ot.TwoWayOt;
import org.blindread.mpc.ot.Wire;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Evaluation;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.rlwe.Parameters;
import org.blindread.mpc.rlwe.PublicKey;
import org.blindread.mpc.rlwe.SecretKey;
import org.blindread.mpc.tensor.RingTensor;

/// One party's engine of `2pc` for one session: the hospital's keys, base OTs in every lane, the
/// vendor's weights ready for multiplication.
///
/// Freshness: a session's seeds, keys and base OTs are new, and its name, which every tweak is
/// bound to, is drawn by both parties together; so nothing serves twice, also after a crash.
final class TwoPartyEngine implements Engine<Share> {
  private static final int NAME_TAG = (1 << 30) + 16;
  private static final int KEY_TAG = (1 << 30) + 17;
  private static final int NAME_BYTES = 16;

  private final boolean vendor;
  private final Plan plan;
  private final Terms terms;
  private final LinearShapes shapes;
  private final HomomorphicLinear.Keys keys;
  private final IdentityHashMap<Lane, Dialogue> dialogues = new IdentityHashMap<>();
  private final Map<Integer, Layered> layers = new ConcurrentHashMap<>();
  private final Map<Integer, RingTensor> kernels = new HashMap<>();
  private final Set<Long> begun = ConcurrentHashMap.newKeySet();

  TwoPartyEngine(Session session, Plan plan, Terms terms) throws ProtocolException {
    this.vendor = session.is(Party.VENDOR);
    this.plan = plan;
    this.terms = terms;
    this.shapes = LinearShapes.of(plan, terms);
    Lane control = session.control();
    Party peer = vendor ? Party.HOSPITAL : Party.VENDOR;
    Seed secret = Seed.fresh();
    String name = name(control, peer);
    this.keys = keys(control, peer, new Prg(secret.derive("keys", 0)));
    OtExtension extension = Knobs.extension(terms);
    for (int k = 0; k < session.lanes().size(); k++) {
      Lane lane = session.lanes().get(k);
      Wire wire = new Wire(lane, peer, "2pc %s, lane %d".formatted(name, k), secret);
      TwoWayOt ot = TwoWayOt.over(extension, wire);
      dialogues.put(lane, new Dialogue(vendor, wire, ot, new Prg(secret.derive("lane", k))));
    }
  }

  /// A name no session ever had, if one of the parties is honest.
  private String name(Lane control, Party peer) throws ProtocolException {
    byte[] mine = Seed.fresh().derive("name", 0).exposeTo(Seed.Use.PEER);
    byte[] part = java.util.Arrays.copyOf(mine, NAME_BYTES);
    control.to(peer).sendBytes(NAME_TAG, part);
    byte[] theirs = control.to(peer).receiveBytes(NAME_TAG, NAME_BYTES);
    if (theirs.length != NAME_BYTES) {
      throw new ProtocolException(
          "%s sent %d bytes of the session's name, %d were due"
              .formatted(peer, theirs.length, NAME_BYTES));
    }
    HexFormat hex = HexFormat.of();
    return vendor
        ? hex.formatHex(part) + hex.formatHex(theirs)
        : hex.formatHex(theirs) + hex.formatHex(part);
  }

  /// The hospital makes its keys and sends the public one.
  private HomomorphicLinear.Keys keys(Lane control, Party peer, Prg secret)
      throws ProtocolException {
    if (!(shapes instanceof LinearShapes.Encrypted(LinearLayers encrypted))) {
      return new HomomorphicLinear.Keys(Optional.empty(), Optional.empty());
    }
    Parameters parameters = encrypted.parameters();
    if (vendor) {
      byte[] key = control.to(peer).receiveBytes(KEY_TAG, PublicKey.bytes(parameters));
      return new HomomorphicLinear.Keys(
          Optional.empty(), Optional.of(PublicKey.read(parameters, key)));
    }
    SecretKey key = SecretKey.generate(parameters, secret);
    control.to(peer).sendBytes(KEY_TAG, key.publicKey(secret).toBytes());
    return new HomomorphicLinear.Keys(Optional.of(key), Optional.empty());
  }

  /// Weights stay with the vendor, which checks kernels against the public bounds of their layers.
  ///
  /// @throws IllegalArgumentException if one breaks its bound
  @Override
  public Share weight(
      int number, Step step, Instruction.Weight weight, Optional<RingTensor> value) {
    if (weight.role() == Instruction.Role.KERNEL && value.isPresent()) {
      kernels.put(number, value.get());
      convolutions(number).forEach(this::layer);
    }
    return new Share.Private(value.map(RingTensor::values).orElse(new long[0]));
  }

  /// The convolutions by a kernel, by the steps' places in the plan.
  private Map<Integer, Instruction.Convolve> convolutions(int kernel) {
    Map<Integer, Instruction.Convolve> readers = new HashMap<>();
    for (int number = 0; number < plan.steps().size(); number++) {
      if (plan.step(number).instruction() instanceof Instruction.Convolve op
          && op.kernel() == kernel) {
        readers.put(number, op);
      }
    }
    return readers;
  }

  /// The layer of a convolution, made once.
  Layered layer(int number, Instruction.Convolve op) {
    return layers.computeIfAbsent(
        number,
        _ ->
            Layered.of(
                shapes, keys, plan, number, op, Optional.ofNullable(kernels.get(op.kernel()))));
  }

  @Override
  public Evaluation<Share> evaluation(Lane lane, long image) throws ProtocolException {
    if (!begun.add(image)) {
      throw new IllegalStateException(
          "image " + image + " was begun before in this session; its masks serve once");
    }
    Dialogue talk = dialogues.get(lane);
    talk.ot().discardStock();
    return new TwoPartyEvaluation(this, talk, plan, terms, prepare(talk));
  }

  /// The correlations of an image, in plan order; none where all is done at once.
  private Map<Integer, Correlation> prepare(Dialogue talk) throws ProtocolException {
    Map<Integer, Correlation> prepared = new HashMap<>();
    if (Knobs.prepared(terms)) {
      for (int number = 0; number < plan.steps().size(); number++) {
        if (plan.step(number).instruction() instanceof Instruction.Convolve op) {
          prepared.put(number, layer(number, op).prepare(talk));
        }
      }
    }
    return prepared;
  }
}
