package org.blindread.mpc.compile;

import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;

/// max-pool(relu(x)) = relu(max-pool(x)), with fewer elements to compare; done where the pooling
/// alone reads a ReLU without thresholds.
public final class PoolBeforeRelu implements Pass {
  @Override
  public String name() {
    return "max-pool runs before ReLU";
  }

  @Override
  public Model apply(Model model) {
    return Draft.visited(
        model,
        (draft, relu) -> {
          if (relu.op() instanceof Op.Relu && !draft.thresholds.containsKey(relu.name())) {
            draft
                .onlyReader(relu.name())
                .filter(reader -> reader.op() instanceof Op.MaxPool)
                .ifPresent(pool -> swap(draft, relu, pool));
          }
        });
  }

  private static void swap(Draft draft, Node relu, Node pool) {
    String x = relu.operands().getFirst();
    draft.redirect(pool.name(), relu.name());
    draft.put(pool.name(), pool.op(), x);
    draft.put(relu.name(), relu.op(), pool.name());
    draft.range(relu.name(), draft.range(pool.name()));
    draft.range(pool.name(), draft.range(x));
  }
}
