package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Known;
import org.blindread.mpc.frontend.onnx.Value.Live;
import org.blindread.mpc.frontend.onnx.Value.Reals;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.Shape;

/// The operators of ONNX that can be read: one line a operator, from its type to the rule that
/// translates it. `docs/operators.md` is generated from this table.
///
/// To add one: write a rule (a static method from [OnnxNode] to [Value]), add its line, add a test
/// case under `src/test/resources/onnx`.
public final class OnnxOperators {
  /// Oldest and newest version of `ai.onnx` that is read.
  static final int OLDEST_OPSET = 7;

  static final int NEWEST_OPSET = 21;

  /// Translates one node to the value of its first output.
  interface Rule {
    Value apply(OnnxNode node) throws ModelException;
  }

  /// One line of the table.
  ///
  /// @param type operator type in the file
  /// @param since opset that introduced it, at least 7
  /// @param becomes what it is in the graph
  /// @param remarks what is restricted
  private record Operator(String type, int since, String becomes, String remarks, Rule rule) {}

  private static final Map<String, Operator> TABLE = new TreeMap<>();

  private OnnxOperators() {}

  static {
    add("Add", "Add", "", Arithmetic.ADD::apply);
    add("Sub", "Subtract", "", Arithmetic.SUBTRACT::apply);
    add("Mul", "Multiply", "", Arithmetic.MULTIPLY::apply);
    add("Div", "Divide", "", Arithmetic.DIVIDE::apply);
    add("Gemm", "MatMul, Add", "A is data, B a constant; no transA", Arithmetic::gemm);
    add(
        "MatMul",
        "MatMul, Transpose, Reshape",
        "one side a constant matrix or vector",
        Arithmetic::matMul);

    add("Conv", "Conv", "1 to 3 spatial axes; constant weights", Sliding::convolution);
    add(
        "MaxPool",
        "MaxPool",
        "1 to 3 spatial axes; no Indices; every window meets the image",
        Sliding::maxPool);
    add(
        "AveragePool",
        "AveragePool",
        "1 to 3 spatial axes; every window meets the image",
        Sliding::averagePool);
    add("GlobalMaxPool", "MaxPool", "1 to 3 spatial axes", Sliding::globalMaxPool);
    add("GlobalAveragePool", "Mean", "", OnnxOperators::globalAveragePool);
    add("ReduceMean", "Mean, Reshape", "constant axes", OnnxOperators::reduceMean);
    add(
        "BatchNormalization",
        "BatchNorm",
        "inference only; constant parameters",
        OnnxOperators::batchNormalization);

    add("Relu", "Relu", "", node -> node.emit(new Op.Relu(), node.live(0)));
    add("LeakyRelu", "LeakyRelu", "", OnnxOperators::leakyRelu);
    add("Clip", "Clip", "constant bounds", OnnxOperators::clip);
    add("Sigmoid", "Sigmoid", "", node -> node.emit(new Op.Sigmoid(), node.live(0)));
    add(
        "Softmax",
        "Softmax",
        "before opset 13 only where at most one of the axes from `axis` on exceeds 1",
        OnnxOperators::softmax);

    add(
        "ArgMax",
        "ArgMax, Reshape",
        "of equal elements the first; only as an output",
        OnnxOperators::argMax);

    add("Concat", "Concat", "", Layout::concat);
    add("Flatten", "Reshape", "", Layout::flatten);
    add("Reshape", "Reshape", "constant shape", Layout::reshape);
    add("Squeeze", "Reshape", "constant axes", Layout::squeeze);
    add("Unsqueeze", "Reshape", "constant axes", Layout::unsqueeze);
    add("Transpose", "Transpose", "", Layout::transpose);
    add("Pad", "Pad", "mode `constant`, finite value, widths not negative", Layout::pad);
    add("Slice", "Slice", "constant positions", Layout::slice);

    add("Identity", "nothing", "", node -> node.operand(0));
    add("Dropout", "nothing", "inference only; no mask", OnnxOperators::dropout);
    add("Cast", "nothing", "of data: between floating types only", Shapes::cast);
    add("Expand", "nothing", "of data: only where it changes nothing", Shapes::expand);

    add("Constant", "a constant", "no strings, no sparse tensors", Shapes::constant);
    add(9, "ConstantOfShape", "a constant", "constant shape", Shapes::constantOfShape);
    add("Shape", "a constant", "", Shapes::shape);
    add("Size", "a constant", "", Shapes::size);
    add("Gather", "a constant", "of constants and shapes only", Shapes::gather);
    add("Floor", "a constant", "of constants only", node -> Shapes.round(node, false));
    add("Ceil", "a constant", "of constants only", node -> Shapes.round(node, true));
    add(11, "Range", "a constant", "of constant integers only", Shapes::range);
  }

  private static void add(String type, String becomes, String remarks, Rule rule) {
    add(OLDEST_OPSET, type, becomes, remarks, rule);
  }

  private static void add(int since, String type, String becomes, String remarks, Rule rule) {
    if (TABLE.put(type, new Operator(type, since, becomes, remarks, rule)) != null) {
      throw new IllegalStateException("operator " + type + " stands twice in the table");
    }
  }

  /// The rule of an operator type, if it is supported at this opset.
  static Optional<Rule> rule(String type, int opset) {
    return Optional.ofNullable(TABLE.get(type))
        .filter(operator -> opset >= operator.since())
        .map(Operator::rule);
  }

  /// Names of all supported operators, sorted.
  public static List<String> types() {
    return List.copyOf(TABLE.keySet());
  }

  /// The text of `docs/operators.md`.
  public static String markdown() {
    var text = new StringBuilder();
    text.append(
        """
        # Operators that are read from ONNX files

        Generated from `org.blindread.mpc.frontend.onnx.OnnxOperators`; a test keeps it equal. Domain \
        `ai.onnx`, opset %d to %d.
        What is computed on constants and shapes only is carried out while reading. "Data" is what \
        depends on an input.
        Any other operator, domain, attribute or operand is refused by name.

        | operator | opsets | becomes | remarks |
        |---|---|---|---|
        """
            .formatted(OLDEST_OPSET, NEWEST_OPSET));
    for (Operator operator : TABLE.values()) {
      text.append(
          "| %s | %d–%d | %s | %s |%n"
              .formatted(
                  operator.type(),
                  operator.since(),
                  NEWEST_OPSET,
                  operator.becomes(),
                  operator.remarks()));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static Value globalAveragePool(OnnxNode node) throws ModelException {
    Live x = node.live(0);
    if (x.rank() < 3) {
      throw OnnxNode.error("the operand must be N×C×spatial, not %s", x.shape());
    }
    return node.emit(new Op.Mean(Shapes.axesFrom(2, x.rank())), x);
  }

  private static Value reduceMean(OnnxNode node) throws ModelException {
    Live x = node.live(0);
    boolean keep = node.attributes().integer("keepdims").orElse(1L) != 0;
    boolean noopIfEmpty =
        node.opset() >= 18 && node.attributes().integer("noop_with_empty_axes").orElse(0L) != 0;
    List<Long> stated = node.integers("axes", 1, 18).orElse(List.of());
    if (stated.isEmpty() && noopIfEmpty) {
      return x;
    }
    List<Integer> axes =
        stated.isEmpty()
            ? Shapes.axesFrom(0, x.rank())
            : node.axes(stated, x.rank()).stream().sorted().toList();
    Op mean = new Op.Mean(axes);
    if (keep) {
      return node.emit(mean, x);
    }
    return node.emit(new Op.Reshape(without(x, axes)), node.emitPart("mean", mean, x));
  }

  /// The shape of x without some of its axes.
  private static Shape without(Live x, List<Integer> axes) {
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (!axes.contains(axis)) {
        kept.add(x.extents().get(axis));
      }
    }
    return new Shape(kept);
  }

  private static Value batchNormalization(OnnxNode node) throws ModelException {
    node.attributes().ignore("momentum");
    if (node.attributes().integer("training_mode").orElse(0L) != 0) {
      throw OnnxNode.error("training_mode is set; export the model for inference");
    }
    if (node.opset() < 9 && node.attributes().integer("spatial").orElse(1L) != 1) {
      throw OnnxNode.error("spatial = 0 is not supported");
    }
    float epsilon = node.attributes().real("epsilon").orElse(1e-5f);
    Reals variance = node.weight(4);
    for (float value : variance.values()) {
      if (!(value + epsilon > 0) || !Float.isFinite(epsilon)) {
        throw OnnxNode.error(
            "variance '%s' plus epsilon must be positive, not %s + %s",
            variance.name(), value, epsilon);
      }
    }
    return node.emit(
        new Op.BatchNorm(epsilon),
        node.live(0),
        node.weight(1),
        node.weight(2),
        node.weight(3),
        variance);
  }

  private static Value leakyRelu(OnnxNode node) throws ModelException {
    float alpha = node.attributes().real("alpha").orElse(0.01f);
    if (!Float.isFinite(alpha)) {
      throw OnnxNode.error("alpha must be finite, not %s", alpha);
    }
    return node.emit(new Op.LeakyRelu(alpha), node.live(0));
  }

  private static Value clip(OnnxNode node) throws ModelException {
    boolean byAttribute = node.opset() < 11;
    Optional<Float> low = byAttribute ? node.attributes().real("min") : node.number(1);
    Optional<Float> high = byAttribute ? node.attributes().real("max") : node.number(2);
    if (low.isEmpty() && high.isEmpty()) {
      return node.live(0);
    }
    float min = low.orElse(Float.NEGATIVE_INFINITY);
    float max = high.orElse(Float.POSITIVE_INFINITY);
    if (Float.isNaN(min) || Float.isNaN(max)) {
      throw OnnxNode.error("a bound is not a number");
    }
    return node.emit(new Op.Clip(min, max), node.live(0));
  }

  private static Value softmax(OnnxNode node) throws ModelException {
    Live x = node.live(0);
    Optional<Long> stated = node.attributes().integer("axis");
    if (node.opset() >= 13) {
      return node.emit(new Op.Softmax(node.axis(stated.orElse(-1L), x.rank())), x);
    }
    int first = node.axis(stated.orElse(1L), x.rank());
    List<Integer> wide =
        Shapes.axesFrom(first, x.rank()).stream().filter(a -> x.extents().get(a) > 1).toList();
    if (wide.size() > 1) {
      throw OnnxNode.error(
          "before opset 13 it spans all axes of %s from %d on, which is not supported; export with"
              + " opset 13 or newer",
          x.shape(), first);
    }
    return node.emit(new Op.Softmax(wide.isEmpty() ? first : wide.getFirst()), x);
  }

  private static Value argMax(OnnxNode node) throws ModelException {
    Live x = node.live(0);
    if (node.attributes().integer("select_last_index").orElse(0L) != 0) {
      throw OnnxNode.error("select_last_index is set: only the first of equal elements is found");
    }
    int axis = node.axis(node.attributes().integer("axis").orElse(0L), x.rank());
    Op largest = new Op.ArgMax(axis);
    if (node.attributes().integer("keepdims").orElse(1L) != 0) {
      return node.emit(largest, x);
    }
    return node.emit(
        new Op.Reshape(without(x, List.of(axis))), node.emitPart("argmax", largest, x));
  }

  private static Value dropout(OnnxNode node) throws ModelException {
    node.attributes().ignore("ratio");
    node.attributes().ignore("seed");
    if (node.optional(1).isPresent() && !(node.operand(1) instanceof Known)) {
      throw OnnxNode.error("the ratio must be a constant");
    }
    if (node.optional(2).isPresent()) {
      boolean inference =
          node.operand(2) instanceof Value.Integers mode
              && mode.size() == 1
              && mode.values()[0] == 0;
      if (!inference) {
        throw OnnxNode.error("training_mode is set; export the model for inference");
      }
    }
    return node.operand(0);
  }
}
