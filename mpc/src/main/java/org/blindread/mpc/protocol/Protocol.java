package org.blindread.mpc.protocol;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;

/// A way to evaluate a [Plan] among parties, found by `ServiceLoader`. A new protocol is one
/// package and one line in `META-INF/services`; the contract suite then runs on it.
public interface Protocol {
  /// The name users type, for example `3pc`.
  String name();

  /// Who takes part; empty for the cleartext twin, which one party computes alone.
  List<Party> parties();

  ThreatModel threat();

  /// What the protocol states of one plan under these terms beside its card: bounds, parameters.
  /// One sentence each, printed with the card.
  default List<String> statements(Plan plan, Terms terms) {
    return List.of();
  }

  /// The choices it offers beyond mode and reveal; most offer none.
  default List<Knob> knobs() {
    return List.of();
  }

  /// Why it cannot carry an instruction out, and the way out; most do all there are. A plan with
  /// such an instruction is turned away by [RefusedPlanException#check] before anything runs.
  default Optional<String> refuses(Instruction instruction) {
    return Optional.empty();
  }

  /// Largest error of one step against the twin in units of the last place; 0 in [Mode#FAITHFUL].
  int ulps(Mode mode);

  /// Communication for one image before it is needed, where the protocol prepares.
  default Cost preparationCost(Plan plan, Terms terms) {
    return Cost.NONE;
  }

  /// Communication of each step for one image, in plan order; what is measured must equal it.
  List<Cost> costs(Plan plan, Terms terms);

  /// Communication once a session, for the weights.
  Cost sessionCost(Plan plan, Terms terms);

  /// One party's engine for one session.
  Engine<?> engine(Session session, Plan plan, Terms terms) throws ProtocolException;
}
