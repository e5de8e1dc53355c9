package org.blindread.data.phantom;

/// Paints bones: spine, ribs, clavicles, shoulder blades and upper arms.
final class Skeleton {
  private static final int RIBS = 11;

  private final Anatomy anatomy;
  private final Canvas canvas;
  private final Draws draws;

  /// Mineral of the bones: less in the old.
  private final double mineral;

  private Skeleton(Anatomy anatomy, Canvas canvas) {
    this.anatomy = anatomy;
    this.canvas = canvas;
    this.draws = new Draws(anatomy.patient().seed()).branch(3);
    double age = anatomy.patient().age();
    this.mineral =
        (anatomy.patient().male() ? 1.05 : 0.95) * (1.08 - 0.004 * Math.max(0, age - 40));
  }

  static void paint(Anatomy anatomy, Canvas canvas) {
    Skeleton skeleton = new Skeleton(anatomy, canvas);
    skeleton.spine();
    skeleton.ribs();
    skeleton.shoulders();
  }

  private void spine() {
    double size = anatomy.patient().size();
    double phase = draws.uniform();
    double wide = 1.75 * size;
    canvas.everywhere(
        (index, x, y) -> {
          double d = Math.abs(x - anatomy.midline().at(y));
          double half = wide * (0.92 + 0.012 * (y + 10));
          if (d > half + 0.6) {
            return;
          }
          double neck = Curve.step(anatomy.apex() - 6, anatomy.apex() + 3, y) * 0.75 + 0.25;
          double level = y / (2.45 * size) + phase + 40;
          double t = level - Math.floor(level);
          double plate = Curve.step(0.10, 0.03, Math.min(t, 1 - t)) * 0.9;
          double gap = Curve.step(0.14, 0.10, t) * Curve.step(0.0, 0.04, t);
          // The waist of a vertebra, and its cortex.
          double waist = half * (1 - 0.10 * (4 * t * (1 - t)));
          double body = Curve.step(waist + 0.08, waist - 0.12, d);
          double cortex = Curve.step(0.28, 0.0, Math.abs(d - waist + 0.12)) * 0.16;
          canvas.density[index] +=
              mineral
                  * (body * neck * (0.20 + 0.12 * plate - 0.15 * gap) + neck * cortex * (1 - gap));
        });
    for (int i = -7; i < 7; i++) {
      double y = (i - phase + 0.42) * 2.45 * size;
      double m = anatomy.midline().at(y);
      for (int side = -1; side <= 1; side += 2) {
        double x = m + side * 1.05 * size + 0.3 * anatomy.visit().turned();
        canvas.tube(
            new double[] {x, y - 0.25, 0.34, x, y + 0.25, 0.34},
            Canvas.Tissue.BONE,
            0.45 * mineral);
      }
      double sp = m + 0.5 * anatomy.visit().turned();
      canvas.tube(
          new double[] {sp, y + 0.5, 0.2, sp, y + 1.6, 0.28}, Canvas.Tissue.BONE, 0.5 * mineral);
    }
  }

  private void ribs() {
    double size = anatomy.patient().size();
    double pitch = 2.25 * size;
    double steep = draws.normal(1, 0.12) * (anatomy.visit().ap() ? 1.15 : 1.0);
    steep *= 1 + 0.35 * (0.8 - anatomy.visit().inspiration()) * -1;
    double thick = draws.normal(1, 0.06) * size;
    int broken = draws.chance(0.07) ? 3 + draws.below(6) : -1;
    int brokenSide = draws.side();
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < RIBS; i++) {
        double y = anatomy.apex() + 0.5 + pitch * i * (1 - 0.004 * i) + draws.normal(0, 0.08);
        double drop = steep * (0.4 + 0.55 * i - 0.012 * i * i);
        double[] back = back(i, side, y, drop, thick);
        canvas.tube(back, Canvas.Tissue.BONE, 0.44 * mineral);
        if (i < 9) {
          canvas.tube(front(i, side, back, steep, thick), Canvas.Tissue.BONE, 0.27 * mineral);
        }
        if (i == broken && side == brokenSide) {
          callus(back, draws.between(0.45, 0.85));
        }
      }
    }
  }

  /// From the spine out and down to the side.
  private double[] back(int i, int side, double y, double drop, double thick) {
    int n = 22;
    double[] line = new double[3 * n];
    double end = y + drop;
    double outer = Math.max(anatomy.lateral().at(end), 0.48 * anatomy.half()) + 0.25;
    double m = anatomy.midline().at(y);
    double rise = 0.35 + 0.04 * i;
    for (int k = 0; k < n; k++) {
      double t = k / (n - 1.0);
      double out = StrictMath.sin(t * StrictMath.PI / 2);
      double along = 1.9 + (outer - 1.9) * (0.30 * t + 0.70 * out);
      double down = drop * t * t * (1.25 - 0.25 * t) - rise * 4 * t * (1 - t) * (1 - t);
      line[3 * k] = m + side * along;
      line[3 * k + 1] = y + down;
      line[3 * k + 2] = thick * (0.40 + 0.17 * t * (2 - t)) * (i == 0 ? 0.85 : 1);
    }
    return line;
  }

  /// From the side forward, down and inward, to where cartilage begins.
  private double[] front(int i, int side, double[] back, double steep, double thick) {
    int n = 18;
    double[] line = new double[3 * n];
    int last = back.length - 3;
    double x0 = Math.abs(back[last] - anatomy.midline().at(back[last + 1]));
    double y0 = back[last + 1];
    double inner = 3.2 + 0.50 * i + (i == 0 ? -0.4 : 0);
    double drop = (2.4 + 0.72 * i - 0.02 * i * i) * (0.6 + 0.4 * steep);
    for (int k = 0; k < n; k++) {
      double t = k / (n - 1.0);
      double a = t * StrictMath.PI / 2;
      double in = 1 - StrictMath.cos(a);
      double down = 0.75 * StrictMath.sin(a) + 0.25 * t;
      double x = x0 - (x0 - inner) * in;
      line[3 * k + 1] = y0 + drop * down;
      line[3 * k] = anatomy.midline().at(line[3 * k + 1]) + side * x;
      line[3 * k + 2] = thick * (0.53 + 0.10 * t);
    }
    return line;
  }

  /// An old fracture: a knob on the rib, told from a consolidation by its place.
  private void callus(double[] line, double where) {
    int k = (int) (where * (line.length / 3.0 - 1));
    double x = line[3 * k];
    double y = line[3 * k + 1];
    canvas.tube(
        new double[] {x - 0.3, y - 0.05, 0.7, x + 0.35, y + 0.1, 0.75},
        Canvas.Tissue.BONE,
        0.45 * mineral);
  }

  private void shoulders() {
    double half = anatomy.half();
    double up = draws.normal(0, 0.6) - (anatomy.visit().ap() ? 0.8 : 0);
    double turned = anatomy.visit().turned();
    for (int side = -1; side <= 1; side += 2) {
      double top = anatomy.apex() + 2.6 + up + draws.normal(0, 0.25);
      double joint = 1.5 + 0.5 * side * turned;
      double end = half + 2.6;
      double m = anatomy.midline().at(top);
      canvas.tube(
          new double[] {
            m + side * joint,
            top + 1.4,
            0.85,
            m + side * (joint + 1.0),
            top + 0.9,
            0.72,
            m + side * (joint + 3),
            top - 0.1,
            0.55,
            m + side * (joint + 5.5),
            top - 1.2,
            0.50,
            m + side * (joint + 8),
            top - 2.0,
            0.52,
            m + side * (end - 2),
            top - 2.3,
            0.60,
            m + side * end,
            top - 2.0,
            0.68
          },
          Canvas.Tissue.BONE,
          0.50 * mineral);
      blade(side, top, end);
      arm(side, top, end);
    }
  }

  private void blade(int side, double top, double end) {
    double outward = anatomy.visit().ap() ? -1.9 : draws.between(-0.6, 0.6);
    double x0 = side * (anatomy.half() - 0.6 + outward);
    double x1 = side * (end + 0.6);
    double tipX = side * (anatomy.half() + 0.6 + outward);
    double tipY = top + 12.0;
    double[] edge = {
      x0,
      top - 0.4,
      0.22,
      side * (anatomy.half() - 0.2 + outward),
      top + 4,
      0.2,
      side * (anatomy.half() + 0.1 + outward),
      top + 8,
      0.22,
      tipX,
      tipY,
      0.3,
      side * (anatomy.half() + 1.8 + outward),
      top + 8,
      0.34,
      side * (end - 0.8),
      top + 3.6,
      0.42,
      side * (end - 0.2),
      top + 1.6,
      0.5
    };
    canvas.tube(edge, Canvas.Tissue.BONE, 0.7 * mineral);
    canvas.tube(
        new double[] {
          x0,
          top + 1.0,
          0.2,
          side * (anatomy.half() + 1.4),
          top - 0.6,
          0.4,
          x1,
          top - 2.4,
          0.6,
          side * (end + 1.8),
          top - 2.2,
          0.7
        },
        Canvas.Tissue.BONE,
        0.4 * mineral);
    double ax = side * (end - 0.5);
    double ay = top + 1.8;
    canvas.around(
        tipX,
        top + 5,
        9,
        (index, x, y) -> {
          double a = cross(x0, top - 0.4, ax, ay, x, y) * side;
          double b = cross(ax, ay, tipX, tipY, x, y) * side;
          double c = cross(tipX, tipY, x0, top - 0.4, x, y) * side;
          double inside = Math.min(a, Math.min(b, c));
          if (inside > 0) {
            canvas.density[index] += 0.11 * mineral * Math.min(1.0, inside * 3);
          }
        });
  }

  /// Signed distance of a point from a line.
  private static double cross(double ax, double ay, double bx, double by, double x, double y) {
    double dx = bx - ax;
    double dy = by - ay;
    return (dx * (y - ay) - dy * (x - ax)) / Math.sqrt(dx * dx + dy * dy);
  }

  private void arm(int side, double top, double end) {
    double r = 2.1 * anatomy.patient().size();
    double x = side * (end + 1.9);
    double spread = anatomy.visit().ap() ? 0.5 : 2.0;
    canvas.tube(
        new double[] {x, top + 0.2, r, x + side * 0.2, top + 0.9, r},
        Canvas.Tissue.BONE,
        0.20 * mineral);
    canvas.tube(
        new double[] {
          x + side * 0.5,
          top + 1,
          1.5,
          x + side * 1.1,
          top + 4,
          1.15,
          x + side * (1.6 + spread),
          top + 14,
          1.05,
          x + side * (2 + 2 * spread),
          top + 26,
          1.1
        },
        Canvas.Tissue.BONE,
        0.42 * mineral);
  }
}
