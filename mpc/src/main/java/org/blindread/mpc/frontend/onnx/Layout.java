package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Integers;
import org.blindread.mpc.frontend.onnx.Value.Known;
import org.blindread.mpc.frontend.onnx.Value.Live;
import org.blindread.mpc.frontend.onnx.Value.Reals;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.Shape;

/// Operations that move elements without computing on them. On constants they are carried out at
/// once; what changes nothing vanishes.
final class Layout {
  private Layout() {}

  static Value concat(OnnxNode node) throws ModelException {
    Optional<Long> stated = node.attributes().integer("axis");
    if (stated.isEmpty()) {
      throw OnnxNode.error("attribute 'axis' is missing");
    }
    List<Value> operands = node.operands();
    int axis = node.axis(stated.get(), operands.getFirst().rank());
    if (operands.stream().allMatch(operand -> operand instanceof Known)) {
      return joined(node, operands.stream().map(o -> (Known) o).toList(), axis);
    }
    return node.emit(new Op.Concat(axis), operands);
  }

  private static Known joined(OnnxNode node, List<Known> parts, int axis) throws ModelException {
    List<Long> extents = new ArrayList<>();
    parts.getFirst().extents().forEach(extent -> extents.add((long) extent));
    extents.set(axis, 0L);
    for (Known part : parts) {
      for (int i = 0; i < extents.size(); i++) {
        if (part.rank() != extents.size()
            || (i != axis && (long) part.extents().get(i) != extents.get(i))) {
          throw OnnxNode.error("Concat along axis %s of %s", axis, part.extents());
        }
      }
      extents.set(axis, extents.get(axis) + part.extents().get(axis));
    }
    List<Integer> result = TensorReader.extents(extents, "result");
    node.scope().fold(result.stream().reduce(1, (a, b) -> a * b));
    int size = result.stream().reduce(1, (a, b) -> a * b);
    int outer = result.subList(0, axis).stream().reduce(1, (a, b) -> a * b);
    if (parts.stream().allMatch(part -> part instanceof Integers)) {
      long[] values = new long[size];
      place(
          parts,
          outer,
          (part, from, to, n) -> System.arraycopy(((Integers) part).values(), from, values, to, n));
      return new Integers(node.output(), result, values);
    }
    if (parts.stream().allMatch(part -> part instanceof Reals)) {
      float[] values = new float[size];
      place(
          parts,
          outer,
          (part, from, to, n) -> System.arraycopy(((Reals) part).values(), from, values, to, n));
      return new Reals(node.output(), result, values);
    }
    throw OnnxNode.error("the operands differ in type");
  }

  private interface Copy {
    void run(Known part, int from, int to, int count);
  }

  private static void place(List<Known> parts, int outer, Copy copy) {
    int at = 0;
    for (int row = 0; row < outer; row++) {
      for (Known part : parts) {
        int count = part.size() / outer;
        copy.run(part, row * count, at, count);
        at += count;
      }
    }
  }

  static Value flatten(OnnxNode node) throws ModelException {
    Value x = node.operand(0);
    long stated = node.attributes().integer("axis").orElse(1L);
    int axis = stated == x.rank() ? x.rank() : node.axis(stated, x.rank());
    long outer = product(x.extents().subList(0, axis));
    long inner = product(x.extents().subList(axis, x.rank()));
    return reshaped(node, x, List.of(outer, inner));
  }

  static Value reshape(OnnxNode node) throws ModelException {
    boolean allowZero = node.attributes().integer("allowzero").orElse(0L) != 0;
    Value x = node.operand(0);
    List<Long> stated = node.integers(1).orElseThrow(() -> OnnxNode.error("no shape is given"));
    List<Long> extents = new ArrayList<>();
    int inferred = -1;
    long rest = 1;
    for (int i = 0; i < stated.size() && i <= TensorReader.MAX_RANK; i++) {
      long extent = stated.get(i);
      if (extent == 0 && !allowZero) {
        if (i >= x.rank()) {
          throw OnnxNode.error("shape %s copies axis %d of %s", stated, i, x.extents());
        }
        extent = x.extents().get(i);
      }
      if (extent == -1) {
        if (inferred >= 0) {
          throw OnnxNode.error("shape %s leaves more than one extent open", stated);
        }
        inferred = i;
      } else {
        rest = Math.multiplyExact(rest, extent);
      }
      extents.add(extent);
    }
    if (inferred >= 0) {
      long size = product(x.extents());
      if (rest <= 0 || size % rest != 0) {
        throw OnnxNode.error("cannot reshape %s to %s", x.extents(), stated);
      }
      extents.set(inferred, size / rest);
    }
    return reshaped(node, x, extents);
  }

  static Value squeeze(OnnxNode node) throws ModelException {
    Value x = node.operand(0);
    Optional<List<Long>> stated = node.integers("axes", 1, 13);
    List<Integer> axes =
        stated.isPresent()
            ? node.axes(stated.get(), x.rank())
            : IntStream.range(0, x.rank()).filter(a -> x.extents().get(a) == 1).boxed().toList();
    List<Long> extents = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (!axes.contains(axis)) {
        extents.add((long) x.extents().get(axis));
      } else if (x.extents().get(axis) != 1) {
        throw OnnxNode.error("axis %d of %s cannot be squeezed: it is not 1", axis, x.extents());
      }
    }
    return reshaped(node, x, extents);
  }

  static Value unsqueeze(OnnxNode node) throws ModelException {
    Value x = node.operand(0);
    List<Long> stated =
        node.integers("axes", 1, 13).orElseThrow(() -> OnnxNode.error("no axes are given"));
    int rank = x.rank() + stated.size();
    if (rank > TensorReader.MAX_RANK) {
      throw OnnxNode.error("%d axes, at most %d are supported", rank, TensorReader.MAX_RANK);
    }
    List<Integer> axes = node.axes(stated, rank);
    List<Long> extents = new ArrayList<>();
    int next = 0;
    for (int axis = 0; axis < rank; axis++) {
      extents.add(axes.contains(axis) ? 1L : (long) x.extents().get(next++));
    }
    return reshaped(node, x, extents);
  }

  private static Value reshaped(OnnxNode node, Value x, List<Long> stated) throws ModelException {
    List<Integer> extents = TensorReader.extents(stated, node.output());
    if (product(extents) != product(x.extents())) {
      throw OnnxNode.error("cannot reshape %s to %s", x.extents(), extents);
    }
    if (extents.equals(x.extents())) {
      return x;
    }
    return switch (x) {
      case Known known -> known.as(extents).named(node.output());
      case Live _ -> node.emit(new Op.Reshape(new Shape(extents)), x);
    };
  }

  private static long product(List<Integer> extents) {
    return extents.stream().mapToLong(extent -> extent).reduce(1, (a, b) -> a * b);
  }

  static Value transpose(OnnxNode node) throws ModelException {
    Value x = node.operand(0);
    List<Integer> inOrder = IntStream.range(0, x.rank()).boxed().toList();
    Optional<List<Long>> stated = node.attributes().integers("perm");
    List<Integer> permutation =
        stated.isPresent() ? node.axes(stated.get(), x.rank()) : inOrder.reversed();
    if (permutation.size() != x.rank()) {
      throw OnnxNode.error("perm %s is no permutation of the axes of %s", permutation, x.extents());
    }
    if (permutation.equals(inOrder)) {
      return x;
    }
    return switch (x) {
      case Known known -> Folding.transpose(node.scope(), known, permutation).named(node.output());
      case Live _ -> node.emit(new Op.Transpose(permutation), x);
    };
  }

  /// The permutation that swaps the last two axes.
  static List<Integer> swapLast(int rank) {
    List<Integer> permutation = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.swap(permutation, rank - 1, rank - 2);
    return permutation;
  }

  static Value pad(OnnxNode node) throws ModelException {
    String mode = node.attributes().text("mode").orElse("constant");
    if (!mode.equals("constant")) {
      throw OnnxNode.error("mode '%s' is not supported; use constant padding", Text.clean(mode));
    }
    Live x = node.live(0);
    List<Long> pads =
        node.integers("pads", 1, 11).orElseThrow(() -> OnnxNode.error("no pads are given"));
    float value = (node.opset() < 11 ? node.attributes().real("value") : node.number(2)).orElse(0f);
    Optional<List<Long>> stated = node.integers(3);
    List<Integer> axes =
        stated.isPresent()
            ? node.axes(stated.get(), x.rank())
            : IntStream.range(0, x.rank()).boxed().toList();
    if (pads.size() != 2 * axes.size()) {
      throw OnnxNode.error("pads need %d entries, not %d", 2 * axes.size(), pads.size());
    }
    if (!Float.isFinite(value)) {
      throw OnnxNode.error("padding with %s is not supported; it must be finite", value);
    }
    List<Integer> low = new ArrayList<>(Collections.nCopies(x.rank(), 0));
    List<Integer> high = new ArrayList<>(low);
    for (int i = 0; i < axes.size(); i++) {
      low.set(axes.get(i), Math.toIntExact(pads.get(i)));
      high.set(axes.get(i), Math.toIntExact(pads.get(i + axes.size())));
    }
    if (pads.stream().allMatch(width -> width == 0)) {
      return x;
    }
    return node.emit(new Op.Pad(low, high, value), x);
  }

  static Value slice(OnnxNode node) throws ModelException {
    Value x = node.operand(0);
    List<Long> starts =
        node.integers("starts", 1, 10).orElseThrow(() -> OnnxNode.error("no starts are given"));
    List<Long> ends =
        node.integers("ends", 2, 10).orElseThrow(() -> OnnxNode.error("no ends are given"));
    Optional<List<Long>> stated = node.integers("axes", 3, 10);
    List<Integer> axes =
        node.axes(
            stated.orElse(IntStream.range(0, starts.size()).mapToObj(i -> (long) i).toList()),
            x.rank());
    List<Long> steps = node.integers(4).orElse(Collections.nCopies(starts.size(), 1L));
    if (starts.size() != axes.size() || ends.size() != axes.size() || steps.size() != axes.size()) {
      throw OnnxNode.error("starts, ends, axes and steps differ in length");
    }
    Value result = x;
    for (int i = 0; i < axes.size(); i++) {
      Op.Slice cut =
          cut(axes.get(i), x.extents().get(axes.get(i)), starts.get(i), ends.get(i), steps.get(i));
      result = sliced(node, result, cut, i + 1 == axes.size());
    }
    return result;
  }

  /// Negative positions count from the end, those beyond an end mean the end.
  private static Op.Slice cut(int axis, int extent, long start, long end, long step)
      throws ModelException {
    if (step == 0) {
      throw OnnxNode.error("the step of axis %d is 0", axis);
    }
    long by = Math.clamp(step, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    long first = start < 0 ? start + extent : start;
    long last = end < 0 ? end + extent : end;
    long count;
    if (by > 0) {
      first = Math.clamp(first, 0, extent);
      count = Math.ceilDiv(Math.clamp(last, 0, extent) - first, by);
    } else {
      first = Math.clamp(first, 0, extent - 1);
      count = Math.ceilDiv(first - Math.clamp(last, -1, extent - 1), -by);
    }
    return new Op.Slice(axis, (int) first, (int) by, (int) Math.max(count, 0));
  }

  private static Value sliced(OnnxNode node, Value x, Op.Slice cut, boolean isLast)
      throws ModelException {
    if (cut.start() == 0 && cut.step() == 1 && cut.count() == x.extents().get(cut.axis())) {
      return x;
    }
    if (x instanceof Live && cut.count() == 0) {
      throw OnnxNode.error("the slice along axis %d is empty", cut.axis());
    }
    return switch (x) {
      case Known known ->
          Folding.slice(node.scope(), known, cut.axis(), cut.start(), cut.step(), cut.count())
              .named(node.output());
      case Live _ -> isLast ? node.emit(cut, x) : node.emitPart("axis" + cut.axis(), cut, x);
    };
  }
}
