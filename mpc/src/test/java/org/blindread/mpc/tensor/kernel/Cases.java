package org.blindread.mpc.tensor.kernel;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.blindread.mpc.tensor.Window;

/// Convolutions that the kernel tests share: fixed edges and seeded random shapes.
///
/// @param extents spatial extents of the input
/// @param inputs channels of all groups
/// @param outputs channels of all groups
record Cases(List<Integer> extents, Window window, int inputs, int outputs, int groups) {
  static final int RANDOM = 30;

  static final List<Cases> EDGES =
      List.of(
          // a matrix by a vector: the last layer
          new Cases(List.of(1), point(1), 1024, 14, 1),
          new Cases(List.of(1), point(1), 1024, 1, 1),
          // no copy, several panels, blocks of K, pixels not a multiple of a tile
          new Cases(List.of(3, 7), point(2), 1025, 79, 1),
          new Cases(List.of(2, 5), point(2), 207, 207, 1),
          new Cases(List.of(3, 3), point(2), 13, 32, 1),
          // stem: three channels, stride, padding
          new Cases(List.of(15, 13), Window.square(7, 2, 3), 3, 64, 1),
          new Cases(List.of(5, 5), Window.square(3, 1, 1), 200, 32, 1),
          // channelwise and grouped
          new Cases(List.of(9, 8), Window.square(3, 1, 1), 37, 37, 37),
          new Cases(List.of(9, 8), Window.square(3, 2, 1), 12, 24, 12),
          new Cases(List.of(5, 6), Window.square(3, 1, 1), 64, 96, 2),
          // one and three axes, dilated, unevenly padded, strided without padding
          new Cases(
              List.of(23),
              new Window(List.of(3), List.of(2), List.of(0), List.of(4), List.of(3)),
              14,
              13,
              1),
          new Cases(
              List.of(5, 6, 7),
              new Window(
                  List.of(2, 3, 1),
                  List.of(1, 2, 3),
                  List.of(0, 1, 2),
                  List.of(1, 0, 0),
                  List.of(3, 1, 1)),
              6,
              9,
              3),
          new Cases(List.of(14, 14), Window.of(List.of(1, 1), List.of(2, 2)), 33, 65, 1));

  private static Window point(int axes) {
    return Window.of(Collections.nCopies(axes, 1), Collections.nCopies(axes, 1));
  }

  static Cases random(RandomGenerator random) {
    int axes = random.nextInt(1, 4);
    int[][] entries = new int[axes][];
    for (int a = 0; a < axes; a++) {
      int kernel = random.nextInt(1, 5);
      int dilation = random.nextInt(1, 4);
      int reach = dilation * (kernel - 1) + 1;
      int low = random.nextInt(0, 3);
      int high = random.nextInt(0, 3);
      int extent = Math.max(1, reach - low - high + random.nextInt(0, axes == 1 ? 40 : 6));
      entries[a] = new int[] {kernel, random.nextInt(1, 4), low, high, dilation, extent};
    }
    int groups = random.nextInt(3) == 0 ? random.nextInt(1, 9) : 1;
    int perGroup = random.nextInt(3) == 0 ? 1 : random.nextInt(1, 40);
    int outputs = groups * (random.nextInt(3) == 0 ? 1 : random.nextInt(1, 80));
    return new Cases(
        column(entries, 5),
        new Window(
            column(entries, 0),
            column(entries, 1),
            column(entries, 2),
            column(entries, 3),
            column(entries, 4)),
        groups * perGroup,
        outputs,
        groups);
  }

  private static List<Integer> column(int[][] entries, int column) {
    return List.of(entries).stream().map(entry -> entry[column]).toList();
  }

  int inputLength() {
    return extents.stream().reduce(inputs, (a, b) -> a * b);
  }

  int outputLength() {
    return window.outputExtents(extents).stream().reduce(outputs, (a, b) -> a * b);
  }

  int weightLength() {
    return outputs * window.taps() * (inputs / groups);
  }

  /// The definition, position by position; the order of the terms is the documented one.
  void visit(Terms terms) {
    int perGroup = inputs / groups;
    int count = outputLength() / outputs;
    for (int p = 0; p < count; p++) {
      for (int t = 0; t < window.taps(); t++) {
        int position = position(p, t);
        for (int m = 0; m < outputs; m++) {
          int firstChannel = m / (outputs / groups) * perGroup;
          for (int c = 0; c < perGroup; c++) {
            terms.term(
                p * outputs + m,
                position < 0 ? -1 : position * inputs + firstChannel + c,
                (m * window.taps() + t) * perGroup + c);
          }
        }
      }
    }
  }

  /// The input position under tap t of output position p, or −1 in the padding.
  private int position(int p, int t) {
    int position = 0;
    int pixel = p;
    int tap = t;
    int scale = 1;
    List<Integer> out = window.outputExtents(extents);
    for (int a = window.axes() - 1; a >= 0; a--) {
      int x =
          pixel % out.get(a) * window.strides().get(a)
              + tap % window.kernel().get(a) * window.dilations().get(a)
              - window.low().get(a);
      if (x < 0 || x >= extents.get(a)) {
        return -1;
      }
      position += x * scale;
      scale *= extents.get(a);
      pixel /= out.get(a);
      tap /= window.kernel().get(a);
    }
    return position;
  }

  /// One term of a sum.
  interface Terms {
    /// Takes input −1 where the tap lies in the padding.
    void term(int output, int input, int weight);
  }
}
