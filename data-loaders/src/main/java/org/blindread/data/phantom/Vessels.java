package org.blindread.data.phantom;

/// Paints hila and the branching vessels of the lungs.
final class Vessels {
  private static final int GENERATIONS = 5;

  private final Anatomy anatomy;
  private final Canvas canvas;
  private final Draws draws;
  private final double edema;

  private Vessels(Anatomy anatomy, Canvas canvas) {
    this.anatomy = anatomy;
    this.canvas = canvas;
    this.draws = new Draws(anatomy.patient().seed()).branch(4);
    this.edema = anatomy.visit().severity(PhantomFinding.EDEMA);
  }

  static void paint(Anatomy anatomy, Canvas canvas) {
    Vessels vessels = new Vessels(anatomy, canvas);
    for (int side = -1; side <= 1; side += 2) {
      vessels.tree(side);
    }
  }

  /// x of the hilum relative to the spine.
  static double hilumX(Anatomy anatomy, int side) {
    return side * 2.9 * anatomy.patient().size() + 0.7 * anatomy.shift();
  }

  static double hilumY(int side) {
    return side < 0 ? -1.4 : -2.4;
  }

  private void tree(int side) {
    double x = hilumX(anatomy, side);
    double y = hilumY(side);
    double crown = draws.normal(1, 0.12);
    double full = draws.between(0.78, 1.3) * (anatomy.visit().ap() ? 1.12 : 1.0);
    // The main branches: angle from the horizontal (down is positive), radius, length.
    double[][] roots = {
      {-1.25, 0.42, 4.2},
      {-0.85, 0.44, 4.4},
      {-0.35, 0.38, 4.2},
      {0.15, 0.42, 4.2},
      {0.60, 0.52, 4.6},
      {0.98, 0.62, 5.0},
      {1.30, 0.56, 4.8}
    };
    for (double[] root : roots) {
      double angle = root[0] + draws.normal(0, 0.12);
      double upper = root[0] < -0.2 ? crown * (0.82 + 0.45 * edema) : 1.0 + 0.15 * edema;
      branch(side, x, y, angle, root[1] * full * upper, root[2] * draws.between(0.85, 1.15), 0);
    }
    canvas.tube(
        new double[] {
          x - side * 0.3,
          y - 1.5,
          0.6,
          x + side * 0.25,
          y - 0.3,
          0.95,
          x + side * 0.35,
          y + 1.2,
          0.9,
          x + side * 0.1,
          y + 3.0,
          0.7
        },
        Canvas.Tissue.IN_LUNG,
        0.6 * full);
  }

  private void branch(
      int side, double x, double y, double angle, double radius, double length, int generation) {
    int n = 5;
    double[] line = new double[3 * n];
    double bend = draws.normal(0, 0.10);
    double px = x;
    double py = y;
    double direction = angle;
    for (int k = 0; k < n; k++) {
      line[3 * k] = px;
      line[3 * k + 1] = py;
      line[3 * k + 2] = radius * (1 - 0.07 * k) * (k == 0 ? 0.7 : 1);
      direction += bend;
      px += side * length / n * StrictMath.cos(direction);
      py += length / n * StrictMath.sin(direction);
    }
    canvas.tube(line, Canvas.Tissue.IN_LUNG, 1.0);
    if (generation == GENERATIONS - 1 || radius < 0.06) {
      return;
    }
    double spread = draws.between(0.22, 0.42);
    double lead = draws.between(0.74, 0.86);
    int turn = draws.side();
    int end = 3 * (n - 1);
    branch(
        side,
        line[end],
        line[end + 1],
        direction + turn * spread * 0.6,
        radius * lead,
        length * draws.between(0.66, 0.86),
        generation + 1);
    branch(
        side,
        line[end],
        line[end + 1],
        direction - turn * spread * 1.4,
        radius * 0.62,
        length * draws.between(0.6, 0.8),
        generation + 1);
    if (generation < 3) {
      int middle = 3 * (2 + draws.below(2));
      branch(
          side,
          line[middle],
          line[middle + 1],
          direction + draws.side() * draws.between(0.5, 0.9),
          radius * 0.45,
          length * 0.55,
          generation + 2);
    }
  }
}
