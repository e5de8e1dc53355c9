package org.blindread.data.phantom;

/// Paints what fills the body: soft tissue, the air of the lungs, heart, mediastinum, diaphragm,
/// stomach, airways and breasts.
final class Thorax {
  /// Part of the lung that is tissue, not air.
  private static final double LUNG_TISSUE = 0.24;

  private final Anatomy anatomy;
  private final Canvas canvas;
  private final Draws draws;

  private Thorax(Anatomy anatomy, Canvas canvas) {
    this.anatomy = anatomy;
    this.canvas = canvas;
    this.draws = new Draws(anatomy.patient().seed()).branch(2);
  }

  static void paint(Anatomy anatomy, Canvas canvas) {
    Thorax thorax = new Thorax(anatomy, canvas);
    thorax.limbs();
    thorax.trunk();
    thorax.stomach();
    thorax.airways();
    thorax.breasts();
  }

  /// Body and lungs, pixel by pixel.
  private void trunk() {
    double depth = anatomy.depth();
    Curve thickness =
        Curve.through(
            anatomy.apex() - 9,
            0.56,
            anatomy.apex() - 4,
            0.58,
            anatomy.apex(),
            0.72,
            anatomy.apex() + 6,
            0.92,
            anatomy.apex() + 13,
            1.0,
            anatomy.apex() + 30,
            1.06);
    Anatomy.Heart heart = anatomy.heart();
    double heartDepth = 13.0 * heart.length() / 8;
    canvas.everywhere(
        (index, x, y) -> {
          double wide = anatomy.body().at(y);
          double across = x / wide;
          double inside = 1 - across * across;
          if (inside <= 0) {
            return;
          }
          double soft = 2 * depth * thickness.at(y) * Math.sqrt(inside) * (1.18 - 0.18 * inside);
          double air = lung(x, y);
          if (air > 0) {
            double m = anatomy.fromMediastinum(x, y);
            double edge =
                m < 0 ? anatomy.rightMediastinum().at(y) : anatomy.leftMediastinum().at(y);
            double kept = Curve.step(edge - 0.5, edge + 0.2, Math.abs(m));
            double whole = air;
            air *= kept;
            double chord = heart.chord(m, y);
            if (chord > 0) {
              air -= heartDepth * chord;
            }
            air = Math.max(0.15 * whole, air);
          }
          canvas.air[index] = air * (1 - LUNG_TISSUE);
          // Where an arm and the trunk overlap, the thicker counts.
          double limb = canvas.density[index];
          double trunk = Canvas.SOFT * (soft - air * (1 - LUNG_TISSUE));
          canvas.density[index] = air > 0 ? trunk : Math.max(limb, trunk);
        });
  }

  /// The path in lung at a point, before heart and mediastinum take their part.
  private double lung(double x, double y) {
    if (y < anatomy.apex() || y > anatomy.angle() + 4) {
      return 0;
    }
    double p = x - anatomy.midline().at(y);
    double far = Math.abs(p);
    double outer = anatomy.lateral().at(y);
    double inner = anatomy.medial().at(y);
    if (far >= outer || far <= inner) {
      return 0;
    }
    double u = far / outer;
    double profile = Math.sqrt(1 - u * u);
    double v = (far - inner) / 1.6;
    if (v < 1) {
      profile *= Math.sqrt(v);
    }
    double air = anatomy.lungDepth().at(y) * profile;
    double under = y - anatomy.diaphragm(p);
    if (under > 0) {
      // The recess behind the dome holds a little lung.
      double recess = 0.22 * Math.max(0, 1 - under / 4.5);
      air *= recess + (1 - recess) * (1 - Curve.step(0, 0.3, under));
    } else if (under > -1.6) {
      double t = 1 + under / 1.6;
      air *= 1 - 0.22 * t * t;
    }
    return air;
  }

  /// Shoulders and arms outside the trunk.
  private void limbs() {
    double half = anatomy.half();
    double girth = anatomy.patient().girth();
    for (int side = -1; side <= 1; side += 2) {
      double top = anatomy.apex() + 1.8 + draws.normal(0, 0.5);
      double out = half + 5.2;
      double r = 3.9 + 1.2 * girth;
      double spread = anatomy.visit().ap() ? draws.between(0, 2) : draws.between(1.5, 5);
      canvas.tube(
          new double[] {
            side * out,
            top,
            r,
            side * (out + 1.6 + 0.3 * spread),
            top + 6,
            r * 1.02,
            side * (out + 2.2 + spread),
            top + 16,
            r * 0.95,
            side * (out + 3 + 2 * spread),
            top + 30,
            r * 0.8
          },
          Canvas.Tissue.SOFT,
          0.9);
    }
  }

  private void stomach() {
    if (!draws.chance(0.7)) {
      return;
    }
    double cx = anatomy.half() * draws.between(0.30, 0.5);
    double cy = anatomy.diaphragm(cx) + draws.between(1.8, 2.8);
    double rx = draws.between(1.6, 3.2);
    double ry = draws.between(0.9, 1.7);
    boolean level = !anatomy.visit().supine() && draws.chance(0.6);
    canvas.around(
        cx,
        cy,
        rx + 1,
        (index, x, y) -> {
          double dx = (x - cx) / rx;
          double dy = (y - cy) / ry;
          double d = 1 - dx * dx - dy * dy;
          if (d > 0) {
            double fluid = level ? Curve.step(0.4 * ry, 0.4 * ry - 0.25, y - cy) : 1;
            canvas.density[index] -= Canvas.SOFT * 4.5 * Math.sqrt(d) * fluid;
          }
        });
    // Gas of the colon, blurred by movement.
    for (int i = draws.below(4); i > 0; i--) {
      double gx = draws.between(-0.7, 0.9) * anatomy.half();
      double gy = anatomy.angle() + draws.between(1, 6);
      double gr = draws.between(0.8, 1.8);
      double gas = draws.between(0.8, 2.2);
      canvas.around(
          gx,
          gy,
          gr,
          (index, x, y) -> {
            double d = ((x - gx) * (x - gx) + (y - gy) * (y - gy) * 1.6) / (gr * gr);
            if (d < 1) {
              canvas.density[index] -= Canvas.SOFT * gas * (1 - d) * (1 - d);
            }
          });
    }
  }

  private void airways() {
    double size = anatomy.patient().size();
    double carina = -4.6 * size + draws.normal(0, 0.4);
    double bend = 0.35 * draws.uniform() + 0.25 * anatomy.shift();
    double top = anatomy.midline().at(-16);
    double low = anatomy.midline().at(carina) - 0.3 + anatomy.shift() * 0.8;
    double r = 0.85 * size;
    canvas.tube(
        new double[] {
          top,
          -22,
          r,
          top,
          -15,
          r,
          top - 0.5 * bend,
          -11,
          r,
          top - bend,
          -8,
          r,
          low,
          carina,
          0.9 * r
        },
        Canvas.Tissue.SOFT,
        -1.3);
    canvas.tube(
        new double[] {
          low - 0.4,
          carina + 0.3,
          0.5 * r,
          low - 1.6,
          carina + 1.7,
          0.72 * r,
          low - 2.6,
          carina + 3.4,
          0.6 * r,
          low - 3.1,
          carina + 5,
          0.4 * r
        },
        Canvas.Tissue.SOFT,
        -1.1);
    canvas.tube(
        new double[] {
          low + 0.4,
          carina + 0.3,
          0.5 * r,
          low + 2.2,
          carina + 1.6,
          0.66 * r,
          low + 3.9,
          carina + 2.9,
          0.5 * r
        },
        Canvas.Tissue.SOFT,
        -1.1);
  }

  private void breasts() {
    double girth = anatomy.patient().girth();
    boolean male = anatomy.patient().male();
    double volume = male ? 0.9 * girth * girth : draws.between(0.45, 0.9) + 0.8 * girth;
    double uneven = draws.normal(0, 0.16);
    int lost = !male && draws.chance(0.06) ? draws.side() : 0;
    double sag = draws.between(0, 2.5) * (0.4 + girth);
    for (int side = -1; side <= 1; side += 2) {
      if (side == lost) {
        continue;
      }
      double own = volume * (1 + side * uneven);
      double cx = side * anatomy.half() * draws.between(0.56, 0.68);
      double cy = 4.6 + sag + draws.normal(0, 0.5);
      double rx = (3.8 + 2.4 * own) * anatomy.patient().size();
      double ry = rx * 0.95;
      double thick = 4.4 * own;
      canvas.around(
          cx,
          cy,
          1.7 * rx,
          (index, x, y) -> {
            double dx = (x - cx) / rx;
            // Hangs: long and flat above, round and sharp below.
            double dy = (y - cy) / (y < cy ? 1.6 * ry : ry);
            double d = 1 - dx * dx - dy * dy;
            if (d > 0) {
              double rim = y < cy ? d * (1.5 - 0.5 * d) : Math.sqrt(d) * 0.75 + 0.25 * d;
              double blend = Curve.step(cy - 1.5, cy + 2.0, y);
              double above = d * d;
              canvas.density[index] +=
                  Canvas.SOFT * thick * (above + blend * (rim - above)) * inTrunk(x, y);
            }
          });
      if (draws.chance(0.25)) {
        nipple(cx + side * 0.5, cy + 0.45 * ry);
      }
    }
  }

  private double inTrunk(double x, double y) {
    double wide = anatomy.body().at(y) + 0.8;
    return Curve.step(wide, wide - 1.5, Math.abs(x));
  }

  private void nipple(double cx, double cy) {
    canvas.tube(new double[] {cx, cy, 0.45, cx + 0.02, cy, 0.45}, Canvas.Tissue.SOFT, 0.8);
  }
}
