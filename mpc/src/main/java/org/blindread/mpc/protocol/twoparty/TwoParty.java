package org.blindread.mpc.protocol.twoparty;

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

/// `2pc`: vendor and hospital alone; linear layers under homomorphic encryption, comparisons by
/// oblivious transfer.
public final class TwoParty implements Protocol {
  /// For `ServiceLoader`.
  public TwoParty() {}

  @Override
  public String name() {
    return "2pc";
  }

  @Override
  public List<Party> parties() {
    return List.of(Party.VENDOR, Party.HOSPITAL);
  }

  @Override
  public ThreatModel threat() {
    return new ThreatModel(
        "semi-honest, either of the two parties",
        List.of(
            "vendor: the plan, how many images and when; the scores if --reveal says so",
            "hospital: the plan; the scores if --reveal says so; of the weights, what the replies of"
                + " the whole cohort leak is bounded and printed"),
        "each party follows the protocol; nobody else is trusted. Rests on RLWE (128 bits), on"
            + " Diffie-Hellman in P-256, on AES-128 as a random permutation, and with ot=ferret on"
            + " learning parity with noise",
        "a party that deviates can change scores without being noticed, and a hospital that does"
            + " so extracts the model in few images (SEEK, arXiv 2209.06373: under 50 queries a"
            + " ResNet-18); this protocol does not detect it. Limit how many images a hospital may"
            + " have read, and with whom you run it",
        "CrypTFlow2 (eprint 2020/1002) with the linear layers of Cheetah (eprint 2022/207),"
            + " SoftSpokenOT (eprint 2022/192) and Ferret (eprint 2020/924)");
  }

  @Override
  public List<String> statements(Plan plan, Terms terms) {
    return switch (LinearShapes.of(plan, terms)) {
      case LinearShapes.Encrypted(LinearLayers layers) ->
          List.of(layers.describe(terms.images(), plan.numbers().fractionBits()));
      case LinearShapes.Oblivious _ ->
          List.of(
              "linear layers by OTs: nothing about the weights leaks, under any number of images");
    };
  }

  @Override
  public List<Knob> knobs() {
    return Knobs.ALL;
  }

  @Override
  public int ulps(Mode mode) {
    return mode == Mode.FAST ? 1 : 0;
  }

  @Override
  public List<Cost> costs(Plan plan, Terms terms) {
    return StepCost.of(plan, terms).steps();
  }

  @Override
  public Cost preparationCost(Plan plan, Terms terms) {
    return StepCost.of(plan, terms).preparation();
  }

  /// Weights are never sent. (Keys and base OTs are, before the session: [TwoPartyEngine].)
  @Override
  public Cost sessionCost(Plan plan, Terms terms) {
    return Cost.NONE;
  }

  @Override
  public Engine<?> engine(Session session, Plan plan, Terms terms) throws ProtocolException {
    terms.check(this);
    return new TwoPartyEngine(session, plan, terms);
  }
}
