package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;

/// Folds s·x + t into the convolution that alone feeds it, also through a reshape that keeps the
/// channels. A second affine map after the first joins it.
public final class FoldBatchNormBackward implements Pass {
  @Override
  public String name() {
    return "batch normalisation folds into the convolution before";
  }

  @Override
  public Model apply(Model model) {
    return Draft.visited(
        model,
        (draft, node) -> {
          if (node.op() instanceof Op.BatchNorm) {
            fold(draft, node);
          }
        });
  }

  private static void fold(Draft draft, Node norm) {
    List<Node> between = new ArrayList<>();
    String x = norm.operands().getFirst();
    Optional<Node> source = draft.node(x);
    while (source.isPresent()
        && draft.onlyReader(x).isPresent()
        && Channels.keptByReshape(draft, source.get())) {
      between.add(source.get());
      x = source.get().operands().getFirst();
      source = draft.node(x);
    }
    if (source.isEmpty() || draft.onlyReader(x).isEmpty()) {
      return;
    }
    Affine map = Affine.of(draft, norm);
    String name = norm.name();
    Node target = source.get();
    if (target.op() instanceof Op.Conv) {
      Weights.after(draft, target, map.s(), map.t());
    } else if (target.op() instanceof Op.BatchNorm) {
      map.after(Affine.of(draft, target)).define(draft, x, target.operands().getFirst());
    } else {
      return;
    }
    draft.range(x, draft.range(name));
    between.forEach(node -> draft.range(node.name(), draft.range(name)));
    draft.redirect(name, norm.operands().getFirst());
    draft.remove(name);
  }
}
