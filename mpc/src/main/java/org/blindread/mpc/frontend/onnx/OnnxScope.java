package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Integers;
import org.blindread.mpc.frontend.onnx.Value.Known;
import org.blindread.mpc.frontend.onnx.Value.Live;
import org.blindread.mpc.frontend.onnx.Value.Reals;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.ShapeRule;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// What is known while the nodes of one file are translated: the value of every name so far, and
/// the graph as it grows.
final class OnnxScope {
  /// Elements that may arise from nothing (ConstantOfShape, Range, Expand, …) in one file.
  private static final long GENERATED = 1L << 24;

  private final int opset;
  private final TensorReader tensors;
  private final long elements;
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private final Map<String, RealTensor> constants = new LinkedHashMap<>();
  private final IdentityHashMap<Known, String> placed = new IdentityHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private long foldable;
  private long generatable = GENERATED;
  private int suffix;

  /// @param opset version of `ai.onnx`
  /// @param tensors reads initializers and tensor attributes
  /// @param elements the most elements one value, and all folded values together, may hold
  OnnxScope(int opset, TensorReader tensors, long elements) {
    this.opset = opset;
    this.tensors = tensors;
    this.elements = elements;
    this.foldable = elements;
  }

  int opset() {
    return opset;
  }

  void initializer(TensorProto tensor) throws ModelException {
    declare(tensor.getName());
    initializers.put(tensor.getName(), tensor);
  }

  boolean isInitializer(String name) {
    return initializers.containsKey(name);
  }

  void input(String name, Shape shape) throws ModelException {
    declare(name);
    limit(shape, name);
    inputs.put(name, shape);
    values.put(name, new Live(name, shape));
  }

  /// Claims a name that the file defines.
  ///
  /// @throws ModelException if it is empty, unprintable or claimed already
  void declare(String name) throws ModelException {
    if (name.isEmpty() || name.length() > 512 || name.chars().anyMatch(Character::isISOControl)) {
      throw new ModelException(
          "a name must be 1 to 512 printable characters, not '%s'".formatted(Text.clean(name)));
    }
    if (!names.add(name)) {
      throw new ModelException("the name '" + name + "' is defined twice");
    }
  }

  /// The value of a name that stands before.
  Optional<Value> lookup(String name) throws ModelException {
    Optional<Value> value = Optional.ofNullable(values.get(name));
    if (value.isEmpty() && initializers.containsKey(name)) {
      value = Optional.of(tensors.read(initializers.get(name), name));
      values.put(name, value.get());
    }
    return value;
  }

  void define(String name, Value value) {
    values.put(name, value);
  }

  Known read(TensorProto tensor, String name) throws ModelException {
    return tensors.read(tensor, name);
  }

  /// Accounts for a constant derived from others.
  void fold(long count) throws ModelException {
    foldable = spend(foldable, count);
  }

  /// Accounts for a constant that nothing in the file pays for.
  void generate(long count) throws ModelException {
    generatable = spend(generatable, count);
  }

  private static long spend(long left, long count) throws ModelException {
    if (count > left) {
      throw new ModelException(
          "constants computed while reading exceed the limit by %d elements; fold them with a simplifier before"
              .formatted(count - left));
    }
    return left - count;
  }

  /// Appends a node to the graph.
  ///
  /// @param name its wished name; a suffix is added if the file uses it for another value
  /// @throws IllegalArgumentException if the operands' shapes break [ShapeRule]
  Live emit(String name, Op op, List<Value> operands) throws ModelException {
    List<String> operandNames = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (Value operand : operands) {
      operandNames.add(place(operand));
      shapes.add(new Shape(operand.extents()));
    }
    Shape shape = ShapeRule.of(op, shapes);
    limit(shape, name);
    nodes.add(new Node(name, op, operandNames, shape));
    return new Live(name, shape);
  }

  /// A name that no value of the file has.
  String fresh(String wish) {
    String name = wish;
    while (!names.add(name)) {
      suffix++;
      name = wish + "~" + suffix;
    }
    return name;
  }

  private void limit(Shape shape, String name) throws ModelException {
    if (shape.rank() > TensorReader.MAX_RANK || shape.size() > elements) {
      throw new ModelException(
          "value '%s' of shape %s exceeds the limit of %d elements and %d axes; raise Limits.elements"
              .formatted(name, shape, elements, TensorReader.MAX_RANK));
    }
  }

  /// The name under which the graph holds a value; a constant is put there at its first use.
  private String place(Value value) throws ModelException {
    return switch (value) {
      case Live live -> live.name();
      case Integers integers ->
          throw new ModelException(
              "the integer tensor '%s' stands where real numbers must stand"
                  .formatted(integers.name()));
      case Reals reals -> {
        String known = placed.get(reals);
        if (known == null) {
          for (float number : reals.values()) {
            if (!Float.isFinite(number)) {
              throw new ModelException(
                  "tensor '%s' holds %s: weights must be finite".formatted(reals.name(), number));
            }
          }
          RealTensor tensor = new RealTensor(new Shape(reals.extents()), reals.values());
          known = constants.containsKey(reals.name()) ? fresh(reals.name()) : reals.name();
          constants.put(known, tensor);
          placed.put(reals, known);
        }
        yield known;
      }
    };
  }

  /// The finished graph: outputs carry the file's names, and what no output needs is left out.
  ///
  /// @throws ModelException if an output is undefined or does not depend on an input
  Graph finish(String name, List<String> outputs) throws ModelException {
    Map<String, String> renamed = new HashMap<>();
    Set<String> wanted = new HashSet<>(outputs);
    for (String output : outputs) {
      Value value =
          lookup(output)
              .orElseThrow(
                  () -> new ModelException("output '" + output + "' is computed by no node"));
      if (!(value instanceof Live live)) {
        throw new ModelException(
            "output '" + output + "' does not depend on any input of the model; remove it");
      }
      if (live.name().equals(output)) {
        continue;
      }
      // The output is another name (through Identity or Dropout) of an earlier value.
      if (inputs.containsKey(live.name())
          || wanted.contains(live.name())
          || renamed.putIfAbsent(live.name(), output) != null) {
        emit(output, new Op.Reshape(live.shape()), List.of(live));
      }
    }
    List<Node> needed = new ArrayList<>();
    for (Node node : nodes.reversed()) {
      String shown = renamed.getOrDefault(node.name(), node.name());
      if (wanted.contains(shown)) {
        List<String> operands =
            node.operands().stream().map(o -> renamed.getOrDefault(o, o)).toList();
        wanted.addAll(operands);
        needed.add(new Node(shown, node.op(), operands, node.shape()));
      }
    }
    constants.keySet().retainAll(wanted);
    return new Graph(name, inputs, constants, needed.reversed(), outputs);
  }
}
