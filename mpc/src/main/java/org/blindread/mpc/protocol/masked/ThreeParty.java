package org.blindread.mpc.protocol.masked;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.RefusedPlanException;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.protocol.ThreatModel;

/// `3pc`: vendor and hospital compute on masked shares, a live helper supplies the correlations.
public final class ThreeParty implements Protocol {
  /// For `ServiceLoader`.
  public ThreeParty() {}

  @Override
  public String name() {
    return "3pc";
  }

  @Override
  public List<Party> parties() {
    return List.of(Party.HELPER, Party.VENDOR, Party.HOSPITAL);
  }

  @Override
  public ThreatModel threat() {
    return new ThreatModel(
        "semi-honest, honest majority: no two parties collude",
        List.of(
            "helper: the plan, how many images and when; nothing of images, weights or scores",
            "vendor: the plan, how many images and when; the scores if --reveal says so",
            "hospital: the plan; the scores if --reveal says so; nothing else of the model"),
        "each party follows the protocol, and helper, vendor and hospital do not pool what they"
            + " hold: any two together can recover images and weights",
        "a party that deviates can change scores without being noticed, and a hospital that does"
            + " so over many images can extract the model (SEEK, arXiv 2209.06373); this protocol"
            + " does not detect it",
        "masked shares after ASTRA (eprint 2019/429) and ABY2.0 (eprint 2020/1225); the setting of"
            + " CrypTFlow's Porthos (eprint 2019/1049)");
  }

  @Override
  public Optional<String> refuses(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Divide divide ->
          Optional.of(
              "it does not divide by %d exactly; use --protocol 2pc or plain, or another profile"
                  .formatted(divide.divisor()));
      case Instruction.ArgMax _ ->
          Optional.of(
              "it does not find the largest score's place; use --protocol 2pc or plain, or a model"
                  + " that ends in its scores");
      case Instruction.Input _,
          Instruction.Weight _,
          Instruction.Convolve _,
          Instruction.Local _,
          Instruction.Truncate _,
          Instruction.Relu _,
          Instruction.Maximum _,
          Instruction.Output _ ->
          Optional.empty();
    };
  }

  @Override
  public int ulps(Mode mode) {
    return StepCost.ulps(mode);
  }

  @Override
  public List<Cost> costs(Plan plan, Terms terms) {
    RefusedPlanException.check(this, plan);
    return StepCost.declared(plan, terms);
  }

  @Override
  public Cost sessionCost(Plan plan, Terms terms) {
    long bytes = 0;
    for (Step step : plan.steps()) {
      if (step.instruction() instanceof Instruction.Weight weight) {
        bytes +=
            switch (weight.role()) {
              case KERNEL, OFFSET -> (long) step.shape().size() * plan.numbers().bytesPerElement();
              case BIAS, FLIPS -> 0L;
            };
      }
    }
    return Cost.of(0, Party.VENDOR.to(Party.HOSPITAL), bytes);
  }

  @Override
  public Engine<?> engine(Session session, Plan plan, Terms terms) throws ProtocolException {
    RefusedPlanException.check(this, plan);
    return new MaskedEngine(session, plan, terms);
  }
}
