package org.blindread.mpc.compile;

import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.Window;

/// An average over 2×2 after a 1×1 convolution runs before it: a quarter of the multiplications.
/// Its ¼ goes into the weights, exactly, so that the pooling is a plain sum ([Model#sums]).
public final class PoolBeforeConvolution implements Pass {
  @Override
  public String name() {
    return "average pooling runs before a 1×1 convolution";
  }

  @Override
  public Model apply(Model model) {
    return Draft.visited(
        model,
        (draft, conv) -> {
          if (conv.op() instanceof Op.Conv op
              && pointwise(op.window())
              && !draft.biasMaps.containsKey(conv.name())) {
            draft
                .onlyReader(conv.name())
                .filter(reader -> reader.op() instanceof Op.AveragePool)
                .filter(reader -> !draft.sums.contains(reader.name()))
                .filter(reader -> twoByTwo(((Op.AveragePool) reader.op()).window()))
                .ifPresent(pool -> swap(draft, conv, pool));
          }
        });
  }

  private static boolean pointwise(Window window) {
    return window.taps() == 1
        && !window.padded()
        && window.strides().stream().allMatch(stride -> stride == 1);
  }

  private static boolean twoByTwo(Window window) {
    return window.kernel().equals(List.of(2, 2)) && !window.padded();
  }

  private static void swap(Draft draft, Node conv, Node pool) {
    String x = conv.operands().getFirst();
    draft.redirect(pool.name(), conv.name());
    draft.put(pool.name(), pool.op(), x);
    List<String> operands = new java.util.ArrayList<>(conv.operands());
    operands.set(0, pool.name());
    draft.put(conv.name(), conv.op(), operands);
    draft.range(conv.name(), draft.range(pool.name()));
    draft.range(pool.name(), draft.range(x));
    draft.sums.add(pool.name());
    double[] quarter = new double[draft.shape(x).extent(1)];
    Arrays.fill(quarter, 0.25);
    Weights.before(
        draft, draft.node(conv.name()).orElseThrow(), quarter, new double[quarter.length]);
  }
}
