package org.blindread.workbench.figure;

import java.util.ArrayList;
import java.util.List;

/// A line of many short pieces, readied for drawing in a square of side 1.
///
/// The record owns its arrays: nobody writes to them after construction.
///
/// @param x one coordinate a corner
/// @param y likewise; NaN ends a piece of a broken line
record Trace(double[] x, double[] y) {
  /// A third of a pixel in the widest panel.
  private static final double UNSEEN = 0.001;

  /// The same line without corners that cannot be seen.
  Trace thinned() {
    List<double[]> kept = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      boolean near =
          !kept.isEmpty()
              && Math.abs(x[i] - kept.getLast()[0]) < UNSEEN
              && Math.abs(y[i] - kept.getLast()[1]) < UNSEEN;
      if (near && i < x.length - 1) {
        continue;
      }
      if (kept.size() > 1 && straight(kept.get(kept.size() - 2), kept.getLast(), x[i], y[i])) {
        kept.removeLast();
      }
      kept.add(new double[] {x[i], y[i]});
    }
    return of(kept);
  }

  private static boolean straight(double[] from, double[] middle, double x, double y) {
    return (from[0] == middle[0] && middle[0] == x) || (from[1] == middle[1] && middle[1] == y);
  }

  /// The line in dashes that go round its corners; a pen's own dashes begin anew at each corner,
  /// and short pieces would never break.
  Trace dashed(double on, double off) {
    List<double[]> places = new ArrayList<>();
    places.add(new double[] {x[0], y[0]});
    boolean ink = true;
    double left = on;
    for (int i = 1; i < x.length; i++) {
      double fromX = x[i - 1];
      double fromY = y[i - 1];
      double length = Math.hypot(x[i] - fromX, y[i] - fromY);
      double done = 0;
      while (length - done > left) {
        done += left;
        double atX = fromX + (x[i] - fromX) * done / length;
        double atY = fromY + (y[i] - fromY) * done / length;
        places.add(new double[] {atX, atY});
        if (ink) {
          places.add(new double[] {atX, Double.NaN});
        }
        ink = !ink;
        left = ink ? on : off;
      }
      left -= length - done;
      if (ink) {
        places.add(new double[] {x[i], y[i]});
      }
    }
    return of(places);
  }

  private static Trace of(List<double[]> places) {
    return new Trace(
        places.stream().mapToDouble(place -> place[0]).toArray(),
        places.stream().mapToDouble(place -> place[1]).toArray());
  }
}
