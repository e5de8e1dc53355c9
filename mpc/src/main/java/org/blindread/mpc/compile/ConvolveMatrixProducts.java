package org.blindread.mpc.compile;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Writes every product with a constant matrix as a convolution, so that the later passes know one
/// linear layer only. A flattened feature map is convolved as a whole (kernel = its extents), which
/// saves the flattening; rows of a matrix become positions of a 1-D convolution.
public final class ConvolveMatrixProducts implements Pass {
  @Override
  public String name() {
    return "matrix products become convolutions";
  }

  @Override
  public Model apply(Model model) throws CompileException {
    return Draft.visited(
        model,
        (draft, node) -> {
          if (node.op() instanceof Op.MatMul) {
            rewrite(draft, node);
          }
        });
  }

  private static void rewrite(Draft draft, Node node) throws CompileException {
    String a = node.operands().get(0);
    String b = node.operands().get(1);
    if (draft.isConstant(a) || !draft.isConstant(b)) {
      throw new CompileException(
          ("node '%s' multiplies %s by %s: a matrix product needs a constant right factor; "
                  + "products of two values of the image are not supported")
              .formatted(node.name(), a, b));
    }
    RealTensor matrix = transposed(draft.constant(b));
    int inputs = matrix.shape().extent(1);
    int outputs = matrix.shape().extent(0);
    Shape shape = node.shape();
    int rows = shape.size() / outputs;
    String name = node.name();
    Extremes range = draft.range(name);
    Optional<String> map = rows == 1 ? flattened(draft, a) : Optional.empty();
    String x;
    if (map.isPresent()) {
      x = map.get();
    } else if (rows == 1) {
      x = reshape(draft, a, Shape.of(1, inputs, 1), inputs);
    } else {
      String matrixForm = reshape(draft, a, Shape.of(1, rows, inputs), rows);
      x = draft.fresh(a + ".columns");
      draft.put(x, new Op.Transpose(List.of(0, 2, 1)), matrixForm);
      draft.range(x, Extremes.within(draft.range(a).magnitude(), inputs));
    }
    List<Integer> kernel = draft.shape(x).extents().subList(2, draft.shape(x).rank());
    if (rows > 1) {
      kernel = List.of(1);
    }
    List<Integer> extents =
        IntStream.concat(
                IntStream.of(outputs, map.isPresent() ? draft.shape(x).extent(1) : inputs),
                kernel.stream().mapToInt(Integer::intValue))
            .boxed()
            .toList();
    String w = draft.add(name + ".kernel", matrix.as(new Shape(extents)));
    Window window =
        Window.of(kernel, IntStream.range(0, kernel.size()).map(_ -> 1).boxed().toList());

    // The product keeps the node's name; what restores its shape comes after it.
    String restored = draft.fresh(name + ".rows");
    draft.redirect(name, restored);
    draft.put(name, new Op.Conv(window, 1), x, w);
    draft.range(
        name,
        range.channels().length == outputs ? range : Extremes.within(range.magnitude(), outputs));
    String last = name;
    if (rows > 1) {
      last = draft.fresh(name + ".transposed");
      draft.put(last, new Op.Transpose(List.of(0, 2, 1)), name);
      draft.range(last, Extremes.within(range.magnitude(), rows));
    }
    draft.put(restored, new Op.Reshape(shape), last);
    draft.range(restored, range);
  }

  /// The feature map of which a 1×K value is the flattening.
  private static Optional<String> flattened(Draft draft, String value) {
    return draft
        .node(value)
        .filter(node -> node.op() instanceof Op.Reshape)
        .map(node -> node.operands().getFirst())
        .filter(
            x -> {
              Shape s = draft.shape(x);
              return !draft.isConstant(x) && s.rank() >= 3 && s.rank() <= 5 && s.extent(0) == 1;
            });
  }

  private static String reshape(Draft draft, String x, Shape shape, int channels) {
    if (draft.shape(x).equals(shape)) {
      return x;
    }
    String name = draft.fresh(x + ".matrix");
    draft.put(name, new Op.Reshape(shape), x);
    Extremes range = draft.range(x);
    draft.range(
        name,
        range.channels().length == channels ? range : Extremes.within(range.magnitude(), channels));
    return name;
  }

  private static RealTensor transposed(RealTensor matrix) {
    int rows = matrix.shape().extent(0);
    int columns = matrix.shape().extent(1);
    float[] values = new float[matrix.values().length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        values[c * rows + r] = matrix.values()[r * columns + c];
      }
    }
    return new RealTensor(Shape.of(columns, rows), values);
  }
}
