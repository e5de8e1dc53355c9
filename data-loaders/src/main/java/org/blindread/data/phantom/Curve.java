package org.blindread.data.phantom;

/// A smooth curve y(x) through given points: the monotone cubic of Fritsch and Butland (1984),
/// which never overshoots, tabulated so that it is cheap to read at every pixel. Constant beyond
/// its ends.
final class Curve {
  private static final int STEPS = 384;

  private final double low;
  private final double perUnit;
  private final double[] table;

  private Curve(double low, double perUnit, double[] table) {
    this.low = low;
    this.perUnit = perUnit;
    this.table = table;
  }

  /// @param points x0, y0, x1, y1, …, the x ascending
  static Curve through(double... points) {
    int n = points.length / 2;
    double[] slopes = slopes(points, n);
    double low = points[0];
    double high = points[2 * n - 2];
    double[] table = new double[STEPS + 1];
    int k = 0;
    for (int i = 0; i <= STEPS; i++) {
      double x = low + (high - low) * i / STEPS;
      while (k < n - 2 && x > points[2 * k + 2]) {
        k++;
      }
      double h = points[2 * k + 2] - points[2 * k];
      double t = (x - points[2 * k]) / h;
      double s = 1 - t;
      table[i] =
          points[2 * k + 1] * s * s * (1 + 2 * t)
              + slopes[k] * h * t * s * s
              + points[2 * k + 3] * t * t * (3 - 2 * t)
              - slopes[k + 1] * h * t * t * s;
    }
    return new Curve(low, STEPS / (high - low), table);
  }

  private static double[] slopes(double[] points, int n) {
    double[] slopes = new double[n];
    for (int k = 1; k < n - 1; k++) {
      double before = secant(points, k - 1);
      double after = secant(points, k);
      slopes[k] = before * after <= 0 ? 0 : 2 * before * after / (before + after);
    }
    slopes[0] = secant(points, 0);
    slopes[n - 1] = secant(points, n - 2);
    return slopes;
  }

  private static double secant(double[] points, int k) {
    return (points[2 * k + 3] - points[2 * k + 1]) / (points[2 * k + 2] - points[2 * k]);
  }

  double at(double x) {
    double position = (x - low) * perUnit;
    if (position <= 0) {
      return table[0];
    }
    if (position >= STEPS) {
      return table[STEPS];
    }
    int i = (int) position;
    double t = position - i;
    return table[i] + t * (table[i + 1] - table[i]);
  }

  /// 0 below `from`, 1 above `to`, smooth between; `from` may be the larger one.
  static double step(double from, double to, double x) {
    double t = Math.clamp((x - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
  }
}
