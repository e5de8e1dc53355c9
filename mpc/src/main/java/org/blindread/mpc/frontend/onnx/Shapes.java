package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Integers;
import org.blindread.mpc.frontend.onnx.Value.Known;
import org.blindread.mpc.frontend.onnx.Value.Live;
import org.blindread.mpc.frontend.onnx.Value.Reals;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto.DataType;

/// Constants and the arithmetic on shapes, whose values are known while reading: none of these
/// becomes a node of the graph.
final class Shapes {
  private Shapes() {}

  static Value constant(OnnxNode node) throws ModelException {
    Attributes attributes = node.attributes();
    Optional<TensorProto> tensor = attributes.tensor("value");
    if (tensor.isPresent()) {
      return node.scope().read(tensor.get(), node.output());
    }
    Optional<Float> real = attributes.real("value_float");
    if (real.isPresent()) {
      return new Reals(node.output(), List.of(), new float[] {real.get()});
    }
    Optional<Long> integer = attributes.integer("value_int");
    if (integer.isPresent()) {
      return new Integers(node.output(), List.of(), new long[] {integer.get()});
    }
    Optional<List<Float>> reals = attributes.reals("value_floats");
    if (reals.isPresent()) {
      float[] values = new float[reals.get().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = reals.get().get(i);
      }
      return node.folded(new Reals(node.output(), List.of(values.length), values));
    }
    Optional<List<Long>> integers = attributes.integers("value_ints");
    if (integers.isPresent()) {
      return node.folded(list(node, integers.get()));
    }
    throw OnnxNode.error("a constant needs value, value_float(s) or value_int(s)");
  }

  private static Integers list(OnnxNode node, List<Long> values) {
    long[] array = values.stream().mapToLong(Long::longValue).toArray();
    return new Integers(node.output(), List.of(array.length), array);
  }

  static Value constantOfShape(OnnxNode node) throws ModelException {
    List<Long> stated = node.integers(0).orElseThrow(() -> OnnxNode.error("no shape is given"));
    List<Integer> extents = TensorReader.extents(stated, node.output());
    int size = extents.stream().reduce(1, (a, b) -> a * b);
    node.scope().generate(size);
    Optional<TensorProto> value = node.attributes().tensor("value");
    Known element =
        value.isPresent()
            ? node.scope().read(value.get(), node.output())
            : new Reals(node.output(), List.of(1), new float[1]);
    if (element.size() != 1) {
      throw OnnxNode.error("attribute 'value' must be one element, not %d", element.size());
    }
    return node.folded(element.take(extents, new int[size]));
  }

  static Value shape(OnnxNode node) throws ModelException {
    List<Integer> extents = node.operand(0).extents();
    int rank = extents.size();
    int from = position(node.attributes().integer("start").orElse(0L), rank);
    int to = position(node.attributes().integer("end").orElse((long) rank), rank);
    return list(
        node,
        extents.subList(Math.min(from, to), to).stream().map(extent -> (long) extent).toList());
  }

  private static int position(long stated, int rank) {
    return Math.clamp(stated < 0 ? stated + rank : stated, 0, rank);
  }

  static Value size(OnnxNode node) throws ModelException {
    long size = node.operand(0).extents().stream().mapToLong(e -> e).reduce(1, (a, b) -> a * b);
    return new Integers(node.output(), List.of(), new long[] {size});
  }

  static Value gather(OnnxNode node) throws ModelException {
    if (!(node.operand(0) instanceof Known x) || !(node.operand(1) instanceof Integers at)) {
      throw OnnxNode.error("Gather is supported on constants and shapes only; use Slice");
    }
    int axis = node.axis(node.attributes().integer("axis").orElse(0L), x.rank());
    int extent = x.extents().get(axis);
    int[] indices = new int[at.size()];
    for (int i = 0; i < indices.length; i++) {
      long index = at.values()[i];
      if (index < -extent || index >= extent) {
        throw OnnxNode.error("index %d is outside the extent %d", index, extent);
      }
      indices[i] = (int) (index < 0 ? index + extent : index);
    }
    List<Long> extents = new ArrayList<>();
    x.extents().subList(0, axis).forEach(e -> extents.add((long) e));
    at.extents().forEach(e -> extents.add((long) e));
    x.extents().subList(axis + 1, x.rank()).forEach(e -> extents.add((long) e));
    List<Integer> result = TensorReader.extents(extents, node.output());
    return Folding.gather(node.scope(), x, axis, indices).as(result).named(node.output());
  }

  static Value cast(OnnxNode node) throws ModelException {
    node.attributes().ignore("saturate"); // of float8 only, which is refused
    long stated = node.attributes().integer("to").orElse(0L);
    DataType to = DataType.forNumber(Math.clamp(stated, 0, 255));
    boolean real = to == DataType.FLOAT || to == DataType.DOUBLE || to == DataType.FLOAT16;
    if (!real && to != DataType.INT32 && to != DataType.INT64 && to != DataType.BOOL) {
      throw OnnxNode.error("a cast to type %d is not supported", stated);
    }
    return switch (node.operand(0)) {
      case Live live -> {
        if (real) {
          yield live;
        }
        throw OnnxNode.error("the image's data cannot be cast to %s", to);
      }
      case Reals reals when real && to != DataType.FLOAT16 -> reals;
      case Reals reals when real -> node.folded(halved(reals));
      case Reals reals -> node.folded(integers(reals, to));
      case Integers integers when real -> node.folded(reals(integers));
      case Integers integers -> node.folded(narrowed(integers, to));
    };
  }

  private static Reals halved(Reals x) {
    float[] values = x.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
    }
    return new Reals(x.name(), x.extents(), values);
  }

  private static Integers integers(Reals x, DataType to) {
    long[] values = new long[x.size()];
    for (int i = 0; i < values.length; i++) {
      float value = x.values()[i];
      values[i] = to == DataType.BOOL ? (value != 0 ? 1 : 0) : (long) value;
    }
    return narrowed(new Integers(x.name(), x.extents(), values), to);
  }

  private static Integers narrowed(Integers x, DataType to) {
    if (to == DataType.INT64) {
      return x;
    }
    long[] values = x.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = to == DataType.BOOL ? (values[i] != 0 ? 1 : 0) : (int) values[i];
    }
    return new Integers(x.name(), x.extents(), values);
  }

  private static Reals reals(Integers x) {
    float[] values = new float[x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.values()[i];
    }
    return new Reals(x.name(), x.extents(), values);
  }

  static Value round(OnnxNode node, boolean up) throws ModelException {
    Reals x = node.weight(0);
    float[] values = x.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (up ? Math.ceil(values[i]) : Math.floor(values[i]));
    }
    return node.folded(new Reals(node.output(), x.extents(), values));
  }

  static Value range(OnnxNode node) throws ModelException {
    List<Value> bounds = node.operands();
    if (bounds.stream().allMatch(bound -> bound instanceof Integers i && i.size() == 1)) {
      long start = ((Integers) bounds.get(0)).values()[0];
      long end = ((Integers) bounds.get(1)).values()[0];
      long step = ((Integers) bounds.get(2)).values()[0];
      if (step == 0 || step == Long.MIN_VALUE) {
        throw OnnxNode.error("Range cannot step by %d", step);
      }
      long span = Math.subtractExact(end, start);
      long count = Math.max(step > 0 ? Math.ceilDiv(span, step) : Math.ceilDiv(-span, -step), 0);
      node.scope().generate(count);
      long[] values = new long[(int) count];
      for (int i = 0; i < values.length; i++) {
        values[i] = start + i * step;
      }
      return new Integers(node.output(), List.of(values.length), values);
    }
    throw OnnxNode.error("Range is supported on constant integers only");
  }

  static Value expand(OnnxNode node) throws ModelException {
    Value x = node.operand(0);
    List<Long> stated = node.integers(1).orElseThrow(() -> OnnxNode.error("no shape is given"));
    List<Integer> extents =
        Arithmetic.broadcast(x.extents(), TensorReader.extents(stated, node.output()));
    if (extents.equals(x.extents())) {
      return x;
    }
    return switch (x) {
      case Known known -> Folding.broadcast(node.scope(), known, extents).named(node.output());
      case Live _ ->
          throw OnnxNode.error(
              "the image's data cannot be expanded from %s to %s", x.extents(), extents);
    };
  }

  /// Axes from `first` on, for reductions over all spatial axes.
  static List<Integer> axesFrom(int first, int rank) {
    return IntStream.range(first, rank).boxed().toList();
  }
}
