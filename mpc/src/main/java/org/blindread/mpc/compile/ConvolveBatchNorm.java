package org.blindread.mpc.compile;

import java.util.Collections;
import java.util.List;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// What no pass could fold: s·x + t becomes a convolution of kernel 1 with one group a channel.
public final class ConvolveBatchNorm implements Pass {
  @Override
  public String name() {
    return "batch normalisations left over become convolutions";
  }

  @Override
  public Model apply(Model model) throws CompileException {
    return Draft.visited(
        model,
        (draft, node) -> {
          if (node.op() instanceof Op.BatchNorm) {
            rewrite(draft, node);
          }
        });
  }

  private static void rewrite(Draft draft, Node node) throws CompileException {
    Affine map = Affine.of(draft, node);
    String name = node.name();
    String x = node.operands().getFirst();
    Shape shape = node.shape();
    if (shape.extent(0) != 1) {
      throw new CompileException(
          "node '%s' normalises %s: the batch must be 1".formatted(name, shape));
    }
    int channels = shape.extent(1);
    if (shape.rank() == 2 || shape.rank() > 5) {
      Shape column = Shape.of(1, channels, shape.inner(1));
      Extremes range = draft.range(name);
      String in = draft.fresh(name + ".column");
      draft.put(in, new Op.Reshape(column), x);
      draft.range(in, draft.range(x));
      String restored = draft.fresh(name + ".restored");
      draft.redirect(name, restored);
      convolve(draft, map, name, in);
      draft.put(restored, new Op.Reshape(shape), name);
      draft.range(restored, range);
    } else {
      convolve(draft, map, name, x);
    }
  }

  private static void convolve(Draft draft, Affine map, String name, String x) {
    Shape shape = draft.shape(x);
    int channels = shape.extent(1);
    List<Integer> ones = Collections.nCopies(shape.rank() - 2, 1);
    Shape kernel = Shape.of(channels, 1);
    for (int axis = 2; axis < shape.rank(); axis++) {
      kernel = new Shape(append(kernel.extents()));
    }
    RealTensor w = Weights.vector(map.s()).as(kernel);
    draft.put(
        name,
        new Op.Conv(Window.of(ones, ones), channels),
        x,
        draft.add(name + ".kernel", w),
        draft.add(name + ".bias", Weights.vector(map.t())));
  }

  private static List<Integer> append(List<Integer> extents) {
    java.util.ArrayList<Integer> longer = new java.util.ArrayList<>(extents);
    longer.add(1);
    return longer;
  }
}
