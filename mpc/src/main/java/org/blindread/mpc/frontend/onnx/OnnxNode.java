package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Integers;
import org.blindread.mpc.frontend.onnx.Value.Known;
import org.blindread.mpc.frontend.onnx.Value.Live;
import org.blindread.mpc.frontend.onnx.Value.Reals;
import org.blindread.mpc.frontend.onnx.proto.NodeProto;
import org.blindread.mpc.graph.Op;

/// What a rule of [OnnxOperators] sees of one node: its operands' values, its attributes, and the
/// graph it adds to.
final class OnnxNode {
  private final OnnxScope scope;
  private final String output;
  private final List<Optional<Value>> operands;
  private final Set<Integer> unread = new HashSet<>();
  private final Attributes attributes;

  /// @throws ModelException if an operand is not defined before or an attribute is malformed
  OnnxNode(OnnxScope scope, NodeProto proto) throws ModelException {
    this.scope = scope;
    this.output = proto.getOutput(0);
    this.attributes = new Attributes(proto.getAttributeList());
    this.operands = new ArrayList<>();
    for (String name : proto.getInputList()) {
      Optional<Value> value = name.isEmpty() ? Optional.empty() : scope.lookup(name);
      if (value.isEmpty() && !name.isEmpty()) {
        throw new ModelException(
            "operand '%s' is neither an input, an initializer nor the first output of an earlier node"
                .formatted(Text.clean(name)));
      }
      if (value.isPresent()) {
        unread.add(operands.size());
      }
      operands.add(value);
    }
  }

  int opset() {
    return scope.opset();
  }

  /// Name of the value this node defines.
  String output() {
    return output;
  }

  Attributes attributes() {
    return attributes;
  }

  OnnxScope scope() {
    return scope;
  }

  /// An operand that may be absent.
  Optional<Value> optional(int index) {
    unread.remove(index);
    return index < operands.size() ? operands.get(index) : Optional.empty();
  }

  /// @throws ModelException if the file gives an operand or attribute that the rule did not take
  void expectAllRead() throws ModelException {
    attributes.expectNoneLeft();
    if (!unread.isEmpty()) {
      throw error("operand %d is not supported here", unread.iterator().next());
    }
  }

  Value operand(int index) throws ModelException {
    return optional(index).orElseThrow(() -> error("operand %d is missing", index));
  }

  /// All operands, none absent.
  List<Value> operands() throws ModelException {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      all.add(operand(i));
    }
    return all;
  }

  /// An operand that must depend on an input of the model.
  Live live(int index) throws ModelException {
    if (operand(index) instanceof Live live) {
      return live;
    }
    throw error("operand %d is a constant: only operations on the image are supported", index);
  }

  /// An operand that must be real numbers known now, such as a weight.
  Reals weight(int index) throws ModelException {
    return switch (operand(index)) {
      case Reals reals -> reals;
      case Integers integers ->
          throw error("operand '%s' must hold real numbers, not integers", integers.name());
      case Live live ->
          throw error("operand '%s' must be a constant, it depends on the image", live.name());
    };
  }

  /// An optional operand that is one real number.
  Optional<Float> number(int index) throws ModelException {
    if (optional(index).isEmpty()) {
      return Optional.empty();
    }
    Reals reals = weight(index);
    if (reals.size() != 1) {
      throw error(
          "operand '%s' must be one number, not of extents %s", reals.name(), reals.extents());
    }
    return Optional.of(reals.values()[0]);
  }

  /// An optional operand that is a list of integers known now.
  Optional<List<Long>> integers(int index) throws ModelException {
    if (optional(index).isEmpty()) {
      return Optional.empty();
    }
    if (operand(index) instanceof Integers list && list.rank() <= 1) {
      return Optional.of(Arrays.stream(list.values()).boxed().toList());
    }
    throw error("operand %d must be a constant list of integers", index);
  }

  /// Axes or the like, which moved from an attribute to an operand at some opset.
  Optional<List<Long>> integers(String attribute, int operand, int sinceOpset)
      throws ModelException {
    return opset() < sinceOpset ? attributes.integers(attribute) : integers(operand);
  }

  /// Resolves an axis that may count from the end.
  int axis(long axis, int rank) throws ModelException {
    if (axis < -rank || axis >= rank) {
      throw error("axis %d is not one of the %d axes", axis, rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /// Resolves axes that may count from the end.
  ///
  /// @return in the order given
  List<Integer> axes(List<Long> axes, int rank) throws ModelException {
    List<Integer> resolved = new ArrayList<>();
    for (long axis : axes) {
      resolved.add(axis(axis, rank));
      if (resolved.size() > rank) {
        throw error("%d axes are named, there are %d", axes.size(), rank);
      }
    }
    if (resolved.stream().distinct().count() != resolved.size()) {
      throw error("axes %s name one axis twice", axes);
    }
    return resolved;
  }

  /// Appends the node of the graph that carries this node's output name.
  Live emit(Op op, Value... operands) throws ModelException {
    return scope.emit(output, op, List.of(operands));
  }

  Live emit(Op op, List<Value> operands) throws ModelException {
    return scope.emit(output, op, operands);
  }

  /// Appends an intermediate node, named after this node and its part.
  Live emitPart(String part, Op op, Value... operands) throws ModelException {
    return scope.emit(scope.fresh(output + "/" + part), op, List.of(operands));
  }

  /// A known value under this node's output name, accounted for.
  Known folded(Known value) throws ModelException {
    scope.fold(value.size());
    return value.named(output);
  }

  /// An error whose place the reader adds.
  static ModelException error(String rule, Object... values) {
    return new ModelException(rule.formatted(values));
  }
}
