package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Live;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.Window;

/// Convolutions and poolings: from ONNX's attributes to a [Window] with explicit padding.
final class Sliding {
  private static final long LARGEST = 1 << 16;

  private Sliding() {}

  static Value convolution(OnnxNode node) throws ModelException {
    Live x = node.live(0);
    Value.Reals w = node.weight(1);
    int axes = spatialAxes(x);
    if (w.rank() != x.rank()) {
      throw OnnxNode.error("x %s and w %s differ in rank", x.shape(), w.extents());
    }
    List<Integer> kernel = w.extents().subList(2, w.rank());
    Optional<List<Long>> stated = node.attributes().integers("kernel_shape");
    if (stated.isPresent() && !entries("kernel_shape", stated.get(), axes).equals(kernel)) {
      throw OnnxNode.error(
          "kernel_shape %s does not match the weights %s", stated.get(), w.extents());
    }
    Window window = window(node, x, kernel);
    int groups = bounded("group", node.attributes().integer("group").orElse(1L));
    List<Value> operands = new ArrayList<>(List.of(x, w));
    if (node.optional(2).isPresent()) {
      operands.add(node.weight(2));
    }
    return node.emit(new Op.Conv(window, groups), operands);
  }

  static Value maxPool(OnnxNode node) throws ModelException {
    node.attributes().ignore("storage_order"); // of the Indices output only, which is refused
    Live x = node.live(0);
    boolean ceil = node.attributes().integer("ceil_mode").orElse(0L) != 0;
    Window stated = poolWindow(node, x);
    Window window = ceil ? roundedUp(stated, x) : stated;
    expectNoEmptyWindow(window, x);
    return node.emit(new Op.MaxPool(window), x);
  }

  /// Padding that the file states counts in the divisor if `count_include_pad` says so; what
  /// `ceil_mode` adds beyond it never does.
  static Value averagePool(OnnxNode node) throws ModelException {
    Live x = node.live(0);
    boolean countPadding = node.attributes().integer("count_include_pad").orElse(0L) != 0;
    boolean ceil = node.attributes().integer("ceil_mode").orElse(0L) != 0;
    Window stated = poolWindow(node, x);
    Window window = ceil ? roundedUp(stated, x) : stated;
    expectNoEmptyWindow(window, x);
    List<Integer> counted = new ArrayList<>(List.of(0, 0));
    List<Integer> beyond = new ArrayList<>();
    for (int a = 0; a < window.axes(); a++) {
      counted.add(Math.min(stated.high().get(a), window.high().get(a)));
      beyond.add(window.high().get(a) - counted.getLast());
    }
    if (!countPadding || beyond.stream().allMatch(width -> width == 0)) {
      return node.emit(new Op.AveragePool(window, countPadding), x);
    }
    List<Integer> low = new ArrayList<>(List.of(0, 0));
    low.addAll(window.low());
    Live padded = node.emitPart("padded", new Op.Pad(low, counted, 0f), x);
    List<Integer> zeros = Collections.nCopies(window.axes(), 0);
    Window rest = new Window(window.kernel(), window.strides(), zeros, beyond, window.dilations());
    return node.emit(new Op.AveragePool(rest, false), padded);
  }

  static Value globalMaxPool(OnnxNode node) throws ModelException {
    Live x = node.live(0);
    int axes = spatialAxes(x);
    List<Integer> kernel = x.extents().subList(2, 2 + axes);
    return node.emit(new Op.MaxPool(Window.of(kernel, Collections.nCopies(axes, 1))), x);
  }

  private static Window poolWindow(OnnxNode node, Live x) throws ModelException {
    int axes = spatialAxes(x);
    Optional<List<Long>> kernel = node.attributes().integers("kernel_shape");
    if (kernel.isEmpty()) {
      throw OnnxNode.error("attribute 'kernel_shape' is missing");
    }
    return window(node, x, entries("kernel_shape", kernel.get(), axes));
  }

  private static int spatialAxes(Live x) throws ModelException {
    if (x.rank() < 3 || x.rank() > 5) {
      throw OnnxNode.error("the operand must be N×C×(1 to 3 spatial axes), not %s", x.shape());
    }
    return x.rank() - 2;
  }

  private static Window window(OnnxNode node, Live x, List<Integer> kernel) throws ModelException {
    int axes = kernel.size();
    List<Integer> ones = Collections.nCopies(axes, 1);
    List<Integer> strides = list(node, "strides", axes, ones);
    List<Integer> dilations = list(node, "dilations", axes, ones);
    List<Integer> pads = list(node, "pads", 2 * axes, Collections.nCopies(2 * axes, 0));
    String auto = node.attributes().text("auto_pad").orElse("NOTSET");
    Window stated =
        new Window(kernel, strides, pads.subList(0, axes), pads.subList(axes, 2 * axes), dilations);
    return switch (auto) {
      case "NOTSET", "" -> stated;
      case "VALID", "SAME_UPPER", "SAME_LOWER" -> {
        if (stated.padded()) {
          throw OnnxNode.error("pads %s and auto_pad %s exclude each other", pads, auto);
        }
        yield auto.equals("VALID") ? stated : same(stated, x, auto.equals("SAME_UPPER"));
      }
      default -> throw OnnxNode.error("auto_pad '%s' is unknown", Text.clean(auto));
    };
  }

  /// Padding that makes the result ⌈in / stride⌉ long; an odd one goes to the end or the beginning.
  private static Window same(Window window, Live x, boolean upper) throws ModelException {
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int a = 0; a < window.axes(); a++) {
      long in = x.extents().get(a + 2);
      long stride = window.strides().get(a);
      long outputs = Math.ceilDiv(in, stride);
      long needed = (outputs - 1) * stride + reach(window, a) - in;
      // ONNX Runtime then starts inside the image, TensorFlow at its edge; at -1 they agree.
      if (needed < -1) {
        throw OnnxNode.error(
            "auto_pad is ambiguous for stride %d beyond kernel %s; export with explicit pads",
            stride, window.kernel());
      }
      int total = Math.toIntExact(Math.max(needed, 0));
      low.add(upper ? total / 2 : total - total / 2);
      high.add(upper ? total - total / 2 : total / 2);
    }
    return new Window(window.kernel(), window.strides(), low, high, window.dilations());
  }

  /// Padding at the end that makes ⌊…⌋ of [Window#outputExtents] give what ceil_mode asks for: a
  /// last window that is not full, provided that it begins inside the image or the padding before
  /// it.
  private static Window roundedUp(Window window, Live x) throws ModelException {
    List<Integer> high = new ArrayList<>();
    for (int a = 0; a < window.axes(); a++) {
      long begun = (long) x.extents().get(a + 2) + window.low().get(a);
      long stride = window.strides().get(a);
      long room = begun + window.high().get(a) - reach(window, a);
      long steps = Math.ceilDiv(room, stride);
      if (steps < 0) {
        throw OnnxNode.error("window %s does not fit input %s", window, x.shape());
      }
      if (steps * stride >= begun) {
        steps--;
      }
      boolean full = steps == Math.floorDiv(room, stride);
      long needed = Math.max(steps * stride + reach(window, a) - begun, 0);
      high.add(full ? window.high().get(a) : Math.toIntExact(needed));
    }
    return new Window(window.kernel(), window.strides(), window.low(), high, window.dilations());
  }

  /// Every window of a pooling must meet the image: the mean or maximum of nothing has no value.
  private static void expectNoEmptyWindow(Window window, Live x) throws ModelException {
    for (int axis = 0; axis < window.axes(); axis++) {
      expectNoEmptyWindow(window, axis, x.extents().get(axis + 2));
    }
  }

  private static void expectNoEmptyWindow(Window window, int axis, int in) throws ModelException {
    long stride = window.strides().get(axis);
    long dilation = window.dilations().get(axis);
    long low = window.low().get(axis);
    long room = in + low + window.high().get(axis) - reach(window, axis);
    long last = room < 0 ? 0 : room / stride;
    boolean empty = last * stride - low >= in;
    for (long o = 0; o <= last && o * stride < low; o++) {
      long tap = Math.ceilDiv(low - o * stride, dilation);
      empty |= tap >= window.kernel().get(axis) || o * stride - low + tap * dilation >= in;
    }
    if (empty) {
      throw OnnxNode.error(
          "padding %s %s lets a window of kernel %s lie outside the image",
          window.low(), window.high(), window.kernel());
    }
  }

  private static long reach(Window window, int axis) {
    return (long) window.dilations().get(axis) * (window.kernel().get(axis) - 1) + 1;
  }

  private static List<Integer> list(OnnxNode node, String name, int count, List<Integer> byDefault)
      throws ModelException {
    Optional<List<Long>> stated = node.attributes().integers(name);
    return stated.isEmpty() ? byDefault : entries(name, stated.get(), count);
  }

  private static List<Integer> entries(String name, List<Long> stated, int count)
      throws ModelException {
    if (stated.size() != count) {
      throw OnnxNode.error("attribute '%s' needs %d entries, not %d", name, count, stated.size());
    }
    List<Integer> entries = new ArrayList<>();
    for (long entry : stated) {
      entries.add(bounded(name, entry));
    }
    return List.copyOf(entries);
  }

  private static int bounded(String name, long entry) throws ModelException {
    if (entry < -LARGEST || entry > LARGEST) {
      throw OnnxNode.error(
          "attribute '%s' holds %d, at most %d is supported", name, entry, LARGEST);
    }
    return (int) entry;
  }
}
