package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Instruction.Head;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Turns a model after its passes into steps on ring elements, channels last ([ChannelsLast]).
///
/// Scales: a linear layer reads scale f and gives 2f; its result stays there until a ReLU, a linear
/// layer or an output needs f. Sums and concatenations raise the lower scale. One truncation serves
/// all readers of a value.
final class Lowering {
  private final Model model;
  private final Graph original;
  private final FixedPoint numbers;
  private final String inputOwner;
  private final int f;
  private final Emitter emitter;
  private final Map<String, Integer> values = new HashMap<>();
  private final Set<String> layers = new HashSet<>();

  /// @param original the graph before all passes: it names the outputs and the layers
  Lowering(Model model, Graph original, FixedPoint numbers, String inputOwner) {
    this.model = model;
    this.original = original;
    original.nodes().forEach(node -> layers.add(node.name()));
    this.numbers = numbers;
    this.inputOwner = inputOwner;
    this.f = numbers.fractionBits();
    this.emitter = new Emitter(numbers);
  }

  Compiled lower(RangeReport report) throws CompileException {
    Graph graph = model.graph();
    graph
        .inputs()
        .forEach(
            (name, shape) ->
                values.put(
                    name,
                    emitter.emit(
                        name, new Instruction.Input(inputOwner, name), ChannelsLast.of(shape), f)));
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Op.Sigmoid) && !(node.op() instanceof Op.Softmax)) {
        values.put(node.name(), lower(node));
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      output(graph.outputs().get(i), original.outputs().get(i));
    }
    return new Compiled(emitter.plan(graph.name()), emitter.weights(), report);
  }

  private int lower(Node node) throws CompileException {
    int data = node.op() instanceof Op.Conv ? 1 : node.operands().size();
    for (String operand : node.operands().subList(0, data)) {
      if (!values.containsKey(operand)) {
        throw new CompileException(
            (model.graph().constants().containsKey(operand)
                    ? "node '%s' reads the constant '%s' where a value of the image is needed"
                    : "node '%s' reads '%s': sigmoid and softmax may only be the last node")
                .formatted(node.name(), operand));
      }
    }
    checkBatch(node);
    return switch (node.op()) {
      case Op.Conv conv -> convolve(node, conv);
      case Op.Relu _ -> relu(node);
      case Op.LeakyRelu leaky -> leakyRelu(node, leaky.alpha());
      case Op.Clip clip -> clip(node, clip);
      case Op.MaxPool pool -> maxPool(node, pool.window());
      case Op.AveragePool pool -> averagePool(node, pool);
      case Op.Mean mean -> mean(node, mean.axes());
      case Op.Add _ -> {
        List<Integer> ab = aligned(node);
        yield emit(node, new Instruction.Add(ab.get(0), ab.get(1)), scale(ab.get(0)));
      }
      case Op.Subtract _ -> {
        List<Integer> ab = aligned(node);
        yield emit(node, new Instruction.Subtract(ab.get(0), ab.get(1)), scale(ab.get(0)));
      }
      case Op.Concat concat -> concat(node, concat.axis());
      case Op.Reshape _ -> reshape(node);
      case Op.Transpose transpose -> transpose(node, transpose.permutation());
      case Op.Pad pad -> pad(node, pad);
      case Op.Slice slice -> {
        int x = operand(node);
        List<Integer> positions =
            IntStream.range(0, slice.count())
                .mapToObj(i -> slice.start() + i * slice.step())
                .toList();
        yield emit(
            node, new Instruction.Take(x, planAxis(node, slice.axis()), positions), scale(x));
      }
      case Op.BatchNorm _, Op.MatMul _, Op.Multiply _, Op.Divide _, Op.Sigmoid _, Op.Softmax _ ->
          throw new CompileException(
              "node '%s' (%s) has no secure form".formatted(node.name(), node.op()));
    };
  }

  /// Feature maps have a batch of 1; other operations may have any first axis, but not change
  /// whether it is one.
  private void checkBatch(Node node) throws CompileException {
    boolean single = node.shape().rank() < 2 || node.shape().extent(0) == 1;
    boolean free =
        switch (node.op()) {
          case Op.Conv _, Op.MaxPool _, Op.AveragePool _ -> false;
          case Op.Concat _, Op.Pad _, Op.Slice _, Op.Add _, Op.Subtract _ ->
              node.operands().stream()
                  .map(model.graph()::shape)
                  .allMatch(shape -> (shape.rank() < 2 || shape.extent(0) == 1) == single);
          case Op.BatchNorm _,
              Op.Relu _,
              Op.LeakyRelu _,
              Op.Clip _,
              Op.Mean _,
              Op.Multiply _,
              Op.Divide _,
              Op.MatMul _,
              Op.Reshape _,
              Op.Transpose _,
              Op.Sigmoid _,
              Op.Softmax _ ->
              true;
        };
    if (!single && !free) {
      throw new CompileException(
          "node '%s' has shape %s: the batch must be 1".formatted(node.name(), node.shape()));
    }
    if (!free && !(node.op() instanceof Op.Conv)) {
      for (String operand : node.operands()) {
        Shape shape = model.graph().shape(operand);
        if (shape.rank() >= 2 && shape.extent(0) != 1) {
          throw new CompileException(
              "node '%s' reads %s: the batch must be 1".formatted(node.name(), shape));
        }
      }
    }
  }

  // Linear layers

  private int convolve(Node node, Op.Conv conv) {
    int x = truncated(operand(node));
    RealTensor w = model.graph().constants().get(node.operands().get(1));
    List<Integer> axes = new ArrayList<>(List.of(0));
    IntStream.range(2, w.shape().rank()).forEach(axes::add);
    axes.add(1);
    int kernel = weight(node, Role.KERNEL, ChannelsLast.permute(w, axes), f);
    OptionalInt bias = OptionalInt.empty();
    if (model.biasMaps().containsKey(node.name())) {
      RealTensor map = ChannelsLast.of(model.biasMaps().get(node.name()));
      bias = OptionalInt.of(weight(node, Role.BIAS, map, 2 * f));
    } else if (node.operands().size() == 3) {
      RealTensor b = model.graph().constants().get(node.operands().get(2));
      bias = OptionalInt.of(weight(node, Role.BIAS, b, 2 * f));
    }
    return emit(
        node, new Instruction.Convolve(x, kernel, bias, conv.window(), conv.groups()), 2 * f);
  }

  private int averagePool(Node node, Op.AveragePool pool) {
    int x = truncated(operand(node));
    int sum = emit(node, new Instruction.SumPool(x, pool.window()), f);
    if (model.sums().contains(node.name())) {
      return sum;
    }
    if (pool.countPadding() || !pool.window().padded()) {
      return divided(node, sum, List.of(pool.window().taps()));
    }
    return divided(node, sum, counts(pool.window(), emitter.step(x).shape(), node));
  }

  /// How many taps of each output position meet the input.
  private static List<Integer> counts(Window window, Shape x, Node node) {
    Shape y = ChannelsLast.of(node.shape());
    List<Integer> counts = new ArrayList<>();
    int positions = y.size() / y.extent(-1);
    for (int position = 0; position < positions; position++) {
      int rest = position;
      int count = 1;
      for (int axis = window.axes() - 1; axis >= 0; axis--) {
        int first = rest % y.extent(axis) * window.strides().get(axis) - window.low().get(axis);
        rest /= y.extent(axis);
        int along = 0;
        for (int tap = 0; tap < window.kernel().get(axis); tap++) {
          int at = first + tap * window.dilations().get(axis);
          along += at >= 0 && at < x.extent(axis) ? 1 : 0;
        }
        count *= Math.max(1, along);
      }
      counts.add(count);
    }
    return counts;
  }

  private int mean(Node node, List<Integer> axes) {
    int x = truncated(operand(node));
    Shape graph = model.graph().shape(node.operands().getFirst());
    List<Integer> order = ChannelsLast.order(graph);
    int divisor = 1;
    for (int axis : axes) {
      divisor *= graph.extent(axis);
    }
    Shape shape = emitter.step(x).shape();
    boolean spatial =
        graph.rank() >= 3 && graph.rank() <= 5 && graph.extent(0) == 1 && !axes.contains(1);
    int sum = x;
    if (spatial) {
      List<Integer> kernel =
          IntStream.range(2, graph.rank())
              .mapToObj(a -> axes.contains(a) ? graph.extent(a) : 1)
              .toList();
      Window window = Window.of(kernel, kernel);
      if (window.taps() > 1) {
        sum = emit(node, new Instruction.SumPool(x, window), f);
      }
    } else {
      for (int axis : axes) {
        int at = order.indexOf(axis);
        if (at < 0 || graph.extent(axis) == 1) {
          continue;
        }
        Window window = Window.of(List.of(1, shape.extent(at)), List.of(1, 1));
        Shape columns = Shape.of(shape.outer(at), shape.extent(at), shape.inner(at));
        sum = reshaped(node, sum, columns);
        sum =
            emitter.emit(layer(node), new Instruction.SumPool(sum, window), columns.with(1, 1), f);
        shape = shape.with(at, 1);
        sum = reshaped(node, sum, shape);
      }
    }
    sum = placed(node, sum, order, ChannelsLast.order(node.shape()), node.shape());
    return divided(node, sum, List.of(divisor));
  }

  /// Division by public counts: times ⌊2^f/d⌉, or only a change of scale where all are one power of
  /// two.
  private int divided(Node node, int sum, List<Integer> divisors) {
    int d = divisors.getFirst();
    boolean equal = divisors.stream().allMatch(other -> other == d);
    if (equal && d == 1) {
      return sum;
    }
    if (equal && Integer.bitCount(d) == 1) {
      int bits = Integer.numberOfTrailingZeros(d);
      return emit(node, new Instruction.Scale(sum, List.of(1L), bits), f + bits);
    }
    List<Long> factors =
        (equal ? List.of(d) : divisors)
            .stream().map(n -> Math.round(Math.scalb(1.0, f) / n)).toList();
    return emit(node, new Instruction.Scale(sum, factors, f), 2 * f);
  }

  // Comparisons

  private int relu(Node node) {
    int x = operand(node);
    OptionalInt offset = OptionalInt.empty();
    OptionalInt flips = OptionalInt.empty();
    if (model.thresholds().containsKey(node.name())) {
      Thresholds t = model.thresholds().get(node.name());
      Shape channels = Shape.of(t.offset().length);
      float[] bits = new float[t.flips().length];
      for (int c = 0; c < bits.length; c++) {
        bits[c] = t.flips()[c] ? 1 : 0;
      }
      offset =
          OptionalInt.of(weight(node, Role.OFFSET, new RealTensor(channels, t.offset()), scale(x)));
      flips = OptionalInt.of(weight(node, Role.FLIPS, new RealTensor(channels, bits), 0));
    }
    return emit(node, new Instruction.Relu(x, offset, flips, scale(x) - f), f);
  }

  private int positive(Node node, int x) {
    return emit(
        node, new Instruction.Relu(x, OptionalInt.empty(), OptionalInt.empty(), scale(x) - f), f);
  }

  /// α·x + (1 − α)·max(x, 0).
  private int leakyRelu(Node node, float alpha) {
    int x = operand(node);
    int positive = times(node, positive(node, x), 1 - (double) alpha);
    int all = times(node, truncated(x), alpha);
    return emit(node, new Instruction.Add(positive, all), 2 * f);
  }

  private int times(Node node, int x, double factor) {
    return emit(
        node, new Instruction.Scale(x, List.of(Math.round(Math.scalb(factor, f))), f), 2 * f);
  }

  /// low + max(x − low, 0) − max(x − high, 0).
  private int clip(Node node, Op.Clip clip) throws CompileException {
    int x = operand(node);
    boolean below = clip.low() != Float.NEGATIVE_INFINITY;
    boolean above = clip.high() != Float.POSITIVE_INFINITY;
    for (float bound : new float[] {clip.low(), clip.high()}) {
      if (!Float.isInfinite(bound) && !numbers.fits(bound, 2 * f)) {
        throw new CompileException(
            "node '%s' clips at %s, which does not fit %s".formatted(node.name(), bound, numbers));
      }
    }
    int result = below ? positive(node, moved(node, x, -clip.low())) : above ? truncated(x) : x;
    if (above) {
      int excess = positive(node, moved(node, x, -clip.high()));
      result = emit(node, new Instruction.Subtract(result, excess), f);
    }
    return below ? moved(node, result, clip.low()) : result;
  }

  private int moved(Node node, int x, float by) {
    return by == 0
        ? x
        : emit(node, new Instruction.Offset(x, numbers.encode(by, scale(x))), scale(x));
  }

  /// Axis by axis: the taps of a window as shifted copies, the larger of two at a time. A tap in
  /// the padding is replaced by the nearest one of its window that is not.
  private int maxPool(Node node, Window window) throws CompileException {
    int x = operand(node);
    Shape shape = emitter.step(x).shape();
    Shape result = ChannelsLast.of(node.shape());
    for (int axis = window.axes() - 1; axis >= 0; axis--) {
      int extent = shape.extent(axis);
      shape = shape.with(axis, result.extent(axis));
      List<Integer> taps = new ArrayList<>();
      for (List<Integer> positions : taps(window, axis, extent, result.extent(axis), node)) {
        boolean same = positions.equals(IntStream.range(0, extent).boxed().toList());
        int tap =
            same
                ? x
                : emitter.emit(
                    layer(node), new Instruction.Take(x, axis, positions), shape, scale(x));
        if (!taps.contains(tap)) {
          taps.add(tap);
        }
      }
      while (taps.size() > 1) {
        List<Integer> larger = new ArrayList<>();
        for (int i = 0; i + 1 < taps.size(); i += 2) {
          larger.add(
              emitter.emit(
                  layer(node),
                  new Instruction.Maximum(taps.get(i), taps.get(i + 1)),
                  shape,
                  scale(x)));
        }
        if (taps.size() % 2 == 1) {
          larger.add(taps.getLast());
        }
        taps = larger;
      }
      x = taps.getFirst();
    }
    return x;
  }

  private static List<List<Integer>> taps(
      Window window, int axis, int extent, int outputs, Node node) throws CompileException {
    int kernel = window.kernel().get(axis);
    int dilation = window.dilations().get(axis);
    List<List<Integer>> taps = new ArrayList<>();
    for (int tap = 0; tap < kernel; tap++) {
      List<Integer> positions = new ArrayList<>();
      for (int out = 0; out < outputs; out++) {
        int first = out * window.strides().get(axis) - window.low().get(axis);
        int low = first >= 0 ? 0 : (-first + dilation - 1) / dilation;
        int high = Math.floorDiv(extent - 1 - first, dilation);
        if (low > Math.min(high, kernel - 1)) {
          throw new CompileException(
              "node '%s' pools a window that lies in the padding".formatted(node.name()));
        }
        positions.add(first + Math.clamp(tap, low, Math.min(high, kernel - 1)) * dilation);
      }
      taps.add(positions);
    }
    return taps;
  }

  // Moving values

  private int concat(Node node, int axis) throws CompileException {
    List<Integer> operands = node.operands().stream().map(values::get).toList();
    int scale = operands.stream().mapToInt(this::scale).max().orElse(f);
    List<Integer> raised = operands.stream().map(o -> raised(node, o, scale)).toList();
    return raised.size() == 1
        ? raised.getFirst()
        : emit(node, new Instruction.Concat(raised, planAxis(node, axis)), scale);
  }

  private List<Integer> aligned(Node node) throws CompileException {
    List<Integer> ab = new ArrayList<>();
    int scale = node.operands().stream().mapToInt(o -> scale(values.get(o))).max().orElse(f);
    for (String operand : node.operands()) {
      ab.add(broadcast(node, operand, raised(node, values.get(operand), scale)));
    }
    return ab;
  }

  private int broadcast(Node node, String operand, int x) throws CompileException {
    Shape from = model.graph().shape(operand);
    if (from.rank() != node.shape().rank()) {
      throw new CompileException(
          "node '%s' broadcasts %s to %s: equal ranks are needed"
              .formatted(node.name(), from, node.shape()));
    }
    int result = x;
    Shape shape = emitter.step(x).shape();
    Shape target = ChannelsLast.of(node.shape());
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.extent(axis) != target.extent(axis)) {
        shape = shape.with(axis, target.extent(axis));
        result =
            emitter.emit(
                layer(node),
                new Instruction.Take(result, axis, Collections.nCopies(target.extent(axis), 0)),
                shape,
                scale(x));
      }
    }
    return result;
  }

  private int pad(Node node, Op.Pad pad) throws CompileException {
    int x = operand(node);
    List<Integer> order = ChannelsLast.order(node.shape());
    if (order.size() < node.shape().rank() && pad.low().getFirst() + pad.high().getFirst() > 0) {
      throw new CompileException("node '%s' pads the batch".formatted(node.name()));
    }
    return emit(
        node,
        new Instruction.Pad(
            x,
            order.stream().map(pad.low()::get).toList(),
            order.stream().map(pad.high()::get).toList(),
            numbers.encode(pad.value(), scale(x))),
        scale(x));
  }

  private int reshape(Node node) {
    Shape from = model.graph().shape(node.operands().getFirst());
    List<Integer> before = ChannelsLast.order(from);
    List<Integer> after = ChannelsLast.order(node.shape());
    int x = permuted(node, operand(node), before, before.stream().sorted().toList(), from);
    return placed(node, x, after.stream().sorted().toList(), after, node.shape());
  }

  private int transpose(Node node, List<Integer> permutation) {
    Shape from = model.graph().shape(node.operands().getFirst());
    List<Integer> after =
        IntStream.range(0, permutation.size()).boxed().map(permutation::get).toList();
    List<Integer> wanted = ChannelsLast.order(node.shape()).stream().map(after::get).toList();
    int x = permuted(node, operand(node), ChannelsLast.order(from), wanted, from);
    return reshaped(node, x, ChannelsLast.of(node.shape()));
  }

  /// Brings axes that stand in order `from` into order `to`; axes of extent 1 vanish where that
  /// takes a permutation.
  private int permuted(Node node, int x, List<Integer> from, List<Integer> to, Shape shape) {
    List<Integer> source = from.stream().filter(axis -> shape.extent(axis) > 1).toList();
    List<Integer> target = to.stream().filter(axis -> shape.extent(axis) > 1).toList();
    if (source.equals(target)) {
      return x;
    }
    int squeezed = reshaped(node, x, new Shape(source.stream().map(shape::extent).toList()));
    return emitter.emit(
        layer(node),
        new Instruction.Permute(squeezed, target.stream().map(source::indexOf).toList()),
        new Shape(target.stream().map(shape::extent).toList()),
        scale(x));
  }

  private int placed(Node node, int x, List<Integer> from, List<Integer> to, Shape shape) {
    List<Integer> source = from.stream().filter(axis -> shape.extent(axis) > 1).toList();
    List<Integer> target = to.stream().filter(axis -> shape.extent(axis) > 1).toList();
    int result = x;
    if (!source.equals(target)) {
      result = reshaped(node, x, new Shape(source.stream().map(shape::extent).toList()));
      result = permuted(node, result, from, to, shape);
    }
    return reshaped(node, result, ChannelsLast.of(shape));
  }

  /// The same elements under another shape, skipping reshapes that undo one another.
  private int reshaped(Node node, int x, Shape shape) {
    int from = x;
    while (!emitter.step(from).shape().equals(shape)
        && emitter.step(from).instruction() instanceof Instruction.Reshape(int inner, Shape _)) {
      from = inner;
    }
    if (emitter.step(from).shape().equals(shape)) {
      return from;
    }
    return emitter.emit(layer(node), new Instruction.Reshape(from, shape), shape, scale(x));
  }

  private static int planAxis(Node node, int axis) throws CompileException {
    int at = ChannelsLast.order(node.shape()).indexOf(axis);
    if (at < 0) {
      throw new CompileException("node '%s' works along the batch axis".formatted(node.name()));
    }
    return at;
  }

  private int weight(Node node, Role role, RealTensor tensor, int scale) {
    return emitter.weight(layer(node), node.name(), role, tensor, scale);
  }

  /// The node of the original graph that a node comes from; passes add suffixes to its name.
  private String layer(Node node) {
    String name = node.name();
    while (!layers.contains(name)) {
      int cut = Math.max(name.lastIndexOf('.'), name.lastIndexOf('#'));
      if (cut <= 0) {
        return node.name();
      }
      name = name.substring(0, cut);
    }
    return name;
  }

  // Scales

  private int operand(Node node) {
    return values.get(node.operands().getFirst());
  }

  private int scale(int x) {
    return emitter.step(x).scale();
  }

  /// x at scale f, truncated if it stands above.
  private int truncated(int x) {
    int bits = scale(x) - f;
    return bits <= 0
        ? x
        : emitter.emit(
            emitter.step(x).layer(), new Instruction.Truncate(x, bits), emitter.step(x).shape(), f);
  }

  /// x times a power of two, so that it stands at a scale.
  private int raised(Node node, int x, int scale) {
    int bits = scale - scale(x);
    return bits == 0
        ? x
        : emitter.emit(
            layer(node),
            new Instruction.Scale(x, List.of(1L << bits), bits),
            emitter.step(x).shape(),
            scale);
  }

  private int emit(Node node, Instruction instruction, int scale) {
    return emitter.emit(layer(node), instruction, ChannelsLast.of(node.shape()), scale);
  }

  private void output(String value, String name) throws CompileException {
    Head head = Head.NONE;
    String x = value;
    for (Node node : model.graph().nodes()) {
      if (node.name().equals(value)
          && (node.op() instanceof Op.Sigmoid || node.op() instanceof Op.Softmax)) {
        head = node.op() instanceof Op.Sigmoid ? Head.SIGMOID : Head.SOFTMAX;
        x = node.operands().getFirst();
        if (node.op() instanceof Op.Softmax softmax
            && !(node.shape().rank() == 2 && softmax.axis() == 1)) {
          throw new CompileException(
              "node '%s': softmax as an output needs 1×N and axis 1".formatted(value));
        }
      }
    }
    if (!values.containsKey(x)) {
      throw new CompileException("output '%s' is no value of the image".formatted(value));
    }
    int truncated = truncated(values.get(x));
    emitter.emit(
        name,
        new Instruction.Output(truncated, name, head),
        emitter.step(truncated).shape(),
        emitter.step(truncated).scale());
  }
}
