package org.blindread.data.phantom;

/// Paints what lies on or in the patient: ECG leads, tubes, catheters, a pacemaker, wires after
/// surgery. They go with how ill the patient is, not with one finding.
final class Devices {
  private final Anatomy anatomy;
  private final Canvas canvas;
  private final Draws draws;

  private Devices(Anatomy anatomy, Canvas canvas) {
    this.anatomy = anatomy;
    this.canvas = canvas;
    this.draws = new Draws(anatomy.visit().seed()).branch(3);
  }

  static void paint(Anatomy anatomy, Canvas canvas) {
    Devices devices = new Devices(anatomy, canvas);
    boolean ap = anatomy.visit().ap();
    Draws draws = devices.draws;
    if (draws.chance(ap ? 0.6 : 0.06)) {
      devices.leads();
    }
    if (draws.chance(ap ? 0.35 : 0.04)) {
      devices.centralLine();
    }
    if (draws.chance(ap ? 0.15 : 0.0)) {
      devices.endotrachealTube();
    }
    if (draws.chance(anatomy.patient().age() > 60 ? 0.07 : 0.01)) {
      devices.pacemaker();
    }
    if (draws.chance(anatomy.patient().age() > 55 ? 0.07 : 0.01)) {
      devices.sternalWires();
    }
  }

  private void leads() {
    int count = 2 + draws.below(3);
    for (int i = 0; i < count; i++) {
      double x = draws.between(-0.85, 0.85) * anatomy.half();
      double y = draws.between(-9, 10);
      canvas.tube(new double[] {x, y, 0.5, x + 0.03, y, 0.5}, Canvas.Tissue.SOFT, 1.2);
      canvas.tube(new double[] {x, y, 0.22, x + 0.03, y, 0.22}, Canvas.Tissue.BONE, 4.0);
      double ex = (x > 0 ? 1 : -1) * anatomy.half() * draws.between(0.9, 1.6);
      double ey = draws.between(8, 18);
      wire(x, y, ex, ey, 0.06, 3.5);
    }
  }

  private void wire(double x, double y, double ex, double ey, double r, double weight) {
    int n = 16;
    double[] line = new double[3 * n];
    double sag = draws.normal(0, 1.6);
    double sway = draws.normal(0, 1.2);
    for (int k = 0; k < n; k++) {
      double t = k / (n - 1.0);
      double bow = 4 * t * (1 - t);
      line[3 * k] = x + (ex - x) * t + bow * sway + 0.5 * sway * bow * (1 - 2 * t);
      line[3 * k + 1] = y + (ey - y) * t + bow * sag;
      line[3 * k + 2] = r;
    }
    canvas.tube(line, Canvas.Tissue.BONE, weight);
  }

  private void centralLine() {
    int side = draws.side();
    double end = draws.between(-3.5, 0);
    canvas.tube(
        new double[] {
          side * 12.0,
          -9.0,
          0.09,
          side * 9.5,
          -10.4,
          0.09,
          side * 6.5,
          -11.0,
          0.09,
          side * 3.0,
          -9.8,
          0.09,
          -0.8,
          -7.6,
          0.09,
          -2.0,
          -5.5,
          0.09,
          -2.1,
          end,
          0.09
        },
        Canvas.Tissue.BONE,
        2.0);
  }

  private void endotrachealTube() {
    double x = anatomy.midline().at(-12);
    double end = draws.between(-9.5, -6.5);
    canvas.tube(
        new double[] {x + 0.3, -22, 0.12, x + 0.15, -14, 0.12, x + 0.1, end, 0.12},
        Canvas.Tissue.BONE,
        1.9);
  }

  private void pacemaker() {
    double x = 8.5 + draws.normal(0, 0.5);
    double y = -7.5 + draws.normal(0, 0.6);
    canvas.tube(new double[] {x - 0.9, y, 1.7, x + 0.9, y + 0.1, 1.8}, Canvas.Tissue.SOFT, 2.6);
    canvas.tube(
        new double[] {
          x - 1.0, y - 1.5, 0.10, x - 3, y - 3.2, 0.10, 3.0, -10.2, 0.10, 0, -8.6, 0.10, -2.0, -5.5,
          0.10, -2.2, 1.5, 0.10, -0.5, 5.6, 0.10, 3.2, 6.6, 0.10
        },
        Canvas.Tissue.BONE,
        2.4);
  }

  private void sternalWires() {
    for (double y = -7.5; y < 5; y += draws.between(2.0, 2.6)) {
      double x = anatomy.midline().at(y) + 0.4 * anatomy.visit().turned() + draws.normal(0, 0.1);
      canvas.tube(
          new double[] {
            x - 0.7, y - 0.2, 0.06, x - 0.1, y + 0.4, 0.06, x + 0.6, y + 0.2, 0.06, x + 0.5,
            y - 0.4, 0.06, x - 0.2, y - 0.45, 0.06, x - 0.7, y - 0.2, 0.06
          },
          Canvas.Tissue.BONE,
          4.0);
    }
  }
}
