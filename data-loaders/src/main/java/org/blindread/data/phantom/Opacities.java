package org.blindread.data.phantom;

/// Paints the findings that fill air: edema, consolidation, atelectasis and effusion, each with its
/// severity; and what resembles them in patients who have none of them.
final class Opacities {
  /// Standard deviation of the perihilar haze that is no edema, as part of the air.
  private static final double HILAR = 0.045;

  private final Anatomy anatomy;
  private final Visit visit;
  private final Canvas canvas;
  private final Draws draws;

  private Opacities(Anatomy anatomy, Canvas canvas) {
    this.anatomy = anatomy;
    this.visit = anatomy.visit();
    this.canvas = canvas;
    this.draws = new Draws(anatomy.visit().seed()).branch(2);
  }

  static void paint(Anatomy anatomy, Canvas canvas) {
    Opacities opacities = new Opacities(anatomy, canvas);
    opacities.interstitium(opacities.draws.branch(0));
    opacities.edema(opacities.draws.branch(1));
    opacities.consolidation(opacities.draws.branch(2));
    opacities.atelectasis(opacities.draws.branch(3));
    opacities.effusion(opacities.draws.branch(4));
    opacities.mimics(new Draws(anatomy.patient().seed()).branch(6));
  }

  /// The fine net every lung shows, denser in the old, the smoker and at the bases of a poor
  /// breath.
  private void interstitium(Draws d) {
    Texture coarse = new Texture(anatomy.patient().seed() + 11, 1.1);
    Texture fine = new Texture(anatomy.patient().seed() + 12, 0.45);
    Draws own = new Draws(anatomy.patient().seed()).branch(5);
    double chronic =
        Math.clamp(own.normal(0.12, 0.08) + 0.001 * (anatomy.patient().age() - 50), 0.03, 0.3);
    double crowded = 0.24 * (1 - visit.inspiration()) + Math.max(0, d.normal(0, 0.05));
    double low = anatomy.angle();
    canvas.inLung(
        (index, x, y) -> {
          double net = 0.25 * coarse.at(x, y) + 0.40 * fine.at(x, y);
          double base = crowded * Curve.step(-4, low, y);
          canvas.fill(index, Math.clamp(chronic * (0.35 + net) + base, -0.12, 0.5));
        });
  }

  /// The haze around the hila: edema's, and what many lungs show of it without being ill.
  private void edema(Draws d) {
    double severity = visit.severity(PhantomFinding.EDEMA);
    double usual = HILAR * Math.abs(new Draws(anatomy.patient().seed()).branch(8).normal());
    double peak = Difficulty.EDEMA * severity + usual;
    double uneven = d.normal(0, 0.12);
    double reach = d.between(4.8, 7.2) * (0.75 + 0.5 * severity);
    Texture cloud = new Texture(visit.seed() + 21, 1.6);
    Texture net = new Texture(visit.seed() + 22, 0.5);
    for (int side = -1; side <= 1; side += 2) {
      int s = side;
      double hx = Vessels.hilumX(anatomy, side) + 0.8 * side;
      double hy = Vessels.hilumY(side) + 2.0;
      double strong = peak * (1 + side * uneven);
      canvas.inLung(
          (index, x, y) -> {
            double p = x - anatomy.midline().at(y);
            if (p * s > 0) {
              double dx = (x - hx) / reach;
              double dy = (y - hy) / (1.35 * reach);
              double r = dx * dx + dy * dy;
              double wing = 1 / (1 + r * r);
              double low = 0.35 * Curve.step(-6, 9, y);
              double rough = 1 + 0.35 * cloud.at(x, y) + 0.30 * net.at(x, y);
              canvas.fill(index, Math.clamp(strong * (wing + low) * rough, 0.0, 0.85));
            }
          });
      kerley(d, side, severity);
    }
  }

  /// Short horizontal lines that reach the side wall at the bases, and longer oblique ones.
  private void kerley(Draws d, int side, double severity) {
    int lines = (int) Math.round(8 * severity * d.between(0.5, 1.2));
    for (int i = 0; i < lines; i++) {
      double y = d.between(2.5, anatomy.angle() - 1.2);
      double outer = anatomy.lateral().at(y) - 0.15;
      double length = d.between(0.9, 1.9);
      double m = anatomy.midline().at(y);
      canvas.tube(
          new double[] {
            m + side * outer, y, 0.10, m + side * (outer - length), y + d.normal(0, 0.12), 0.07
          },
          Canvas.Tissue.IN_LUNG,
          3.2);
    }
  }

  private void consolidation(Draws d) {
    double severity = visit.severity(PhantomFinding.CONSOLIDATION);
    if (severity <= 0) {
      return;
    }
    int side = d.chance(0.56) ? -1 : 1;
    int zone = d.below(3);
    double cx = side * anatomy.half() * d.between(0.38, 0.72);
    double cy =
        switch (zone) {
          case 0 -> d.between(-8.5, -4.5);
          case 1 -> d.between(-2.5, 2.0);
          default -> d.between(2.5, Math.max(3.5, anatomy.diaphragm(cx) - 1.0));
        };
    double reach = (2.0 + 3.6 * severity) * d.between(0.85, 1.2);
    double tall = d.between(0.75, 1.25);
    double peak = Difficulty.CONSOLIDATION * (0.12 + 0.88 * severity);
    // The minor fissure of the right lung bounds an upper lobe below, a middle lobe above.
    double fissure = -1.0 + d.normal(0, 0.4);
    int bounded = side < 0 && d.chance(0.6) ? (cy < fissure ? 1 : -1) : 0;
    double tilt = d.normal(0, 0.06);
    Texture edge = new Texture(visit.seed() + 31, 2.2);
    Texture fluff = new Texture(visit.seed() + 32, 0.9);
    double[] part = new double[canvas.air.length];
    canvas.around(
        cx,
        cy,
        2.1 * reach,
        (index, x, y) -> {
          double p = x - anatomy.midline().at(y);
          if (canvas.air[index] <= 0 || p * side <= 0) {
            return;
          }
          double dx = (x - cx) / reach;
          double dy = (y - cy) / (reach * tall);
          double r = Math.sqrt(dx * dx + dy * dy);
          double field = 1.15 - r + 0.42 * edge.at(x, y) + 0.26 * fluff.at(x, y);
          double f = Curve.step(0.0, 0.85, field) * (1 + 0.22 * fluff.at(x, y));
          if (bounded != 0) {
            f *= Curve.step(-0.12, 0.18, bounded * (fissure + tilt * x - y));
          }
          part[index] = Math.clamp(peak * f, 0.0, 0.92);
        });
    bronchogram(d, side, cx, cy, reach, part);
    for (int i = 0; i < part.length; i++) {
      if (part[i] > 0) {
        canvas.fill(i, part[i]);
      }
    }
  }

  /// Bronchi stay open within the filled lung: dark branching lines.
  private void bronchogram(Draws d, int side, double cx, double cy, double reach, double[] part) {
    double hx = Vessels.hilumX(anatomy, side);
    double hy = Vessels.hilumY(side);
    double[] before = canvas.density.clone();
    int lines = 2 + d.below(3);
    for (int i = 0; i < lines; i++) {
      double ex = cx + d.normal(0, 0.45) * reach;
      double ey = cy + d.normal(0, 0.45) * reach;
      double mx = 0.5 * (hx + ex) + d.normal(0, 0.4);
      double my = 0.5 * (hy + ey) + d.normal(0, 0.4);
      canvas.tube(
          new double[] {hx, hy, 0.3, mx, my, 0.26, ex, ey, 0.16},
          Canvas.Tissue.SOFT,
          -5.0 * (0.5 + 0.5 * visit.severity(PhantomFinding.CONSOLIDATION)));
    }
    for (int i = 0; i < part.length; i++) {
      double open = before[i] - canvas.density[i];
      canvas.density[i] = before[i] - open * Math.min(1.0, part[i]);
    }
  }

  private void atelectasis(Draws d) {
    double severity = visit.severity(PhantomFinding.ATELECTASIS);
    if (severity <= 0) {
      return;
    }
    int side = Atelectasis.side(visit);
    if (Atelectasis.lobar(visit)) {
      lobe(d, side, severity);
      return;
    }
    int plates = 1 + (int) (2.4 * severity * d.uniform() + 0.3);
    for (int i = 0; i < plates; i++) {
      plate(d, i == 0 || d.chance(0.7) ? side : -side, severity);
    }
  }

  /// A plate: a band above the diaphragm, nearly level.
  private void plate(Draws d, int side, double severity) {
    double cx = side * anatomy.half() * d.between(0.42, 0.68);
    double cy = anatomy.diaphragm(cx) - d.between(0.8, 4.0);
    double length = (1.6 + 2.4 * severity) * d.between(0.8, 1.25);
    double slope = d.normal(0, 0.22);
    double bow = d.normal(0, 0.3);
    double r = 0.16 + 0.24 * severity * d.between(0.7, 1.3);
    int n = 9;
    double[] line = new double[3 * n];
    for (int k = 0; k < n; k++) {
      double t = 2.0 * k / (n - 1) - 1;
      line[3 * k] = cx + t * length;
      line[3 * k + 1] = cy + slope * t * length + bow * (1 - t * t);
      line[3 * k + 2] = r * (1 - 0.65 * t * t);
    }
    canvas.tube(line, Canvas.Tissue.IN_LUNG, Difficulty.ATELECTASIS * 2.6);
    // A little volume loss around it.
    canvas.around(
        cx,
        cy + 0.8,
        1.2 * length,
        (index, x, y) -> {
          double dx = (x - cx) / (1.2 * length);
          double dy = (y - cy - 0.8) / 2.2;
          double q = 1 - dx * dx - dy * dy;
          if (q > 0 && canvas.air[index] > 0) {
            canvas.fill(index, 0.34 * severity * q);
          }
        });
  }

  /// A collapsed lobe: a lower one as a wedge beside the spine, a right upper one below the apex.
  private void lobe(Draws d, int side, double severity) {
    double dense = Difficulty.ATELECTASIS * (0.15 + 0.75 * severity);
    boolean upper = side < 0 && d.chance(0.4);
    double top = upper ? anatomy.apex() : -3.5 + d.normal(0, 1);
    double low = anatomy.angle();
    double wide = anatomy.half() * (0.42 + 0.22 * severity) * d.between(0.85, 1.15);
    double fissure = -5.8 + 2.2 * (0.5 - severity) + d.normal(0, 0.5);
    Texture rough = new Texture(visit.seed() + 41, 1.8);
    canvas.inLung(
        (index, x, y) -> {
          double p = side * (x - anatomy.midline().at(y));
          if (p <= 0) {
            return;
          }
          double edge;
          if (upper) {
            // Bounded below by the fissure, drawn up at the side.
            edge = fissure - 0.20 * (p - 3) - 0.02 * p * p - y;
          } else {
            edge = wide * Math.clamp((y - top) / (low - top), 0.0, 1.0) + 1.2 - p;
          }
          double f = Curve.step(-0.25, 0.35, edge + 0.15 * rough.at(x, y));
          canvas.fill(index, Math.clamp(dense * f * (1 + 0.15 * rough.at(x, y)), 0.0, 0.92));
        });
  }

  private void effusion(Draws d) {
    double severity = visit.severity(PhantomFinding.PLEURAL_EFFUSION);
    if (severity <= 0) {
      return;
    }
    boolean both = d.chance(0.4);
    int side = d.side();
    fluid(d.branch(1), side, severity);
    if (both) {
      fluid(d.branch(2), -side, severity * d.between(0.4, 0.9));
    }
  }

  private void fluid(Draws d, int side, double severity) {
    boolean veil = visit.supine() && d.chance(0.7);
    double height =
        0.65 * Math.min(1, severity / 0.3)
            + Difficulty.EFFUSION * severity * severity * d.between(0.75, 1.2);
    double level = anatomy.angle() - height;
    double slope = d.between(0.9, 1.25);
    Texture rough = new Texture(visit.seed() + 51 + side, 3.0);
    canvas.inLung(
        (index, x, y) -> {
          double p = side * (x - anatomy.midline().at(y));
          if (p <= 0) {
            return;
          }
          double outer = anatomy.lateral().at(y);
          double fromWall = Math.max(0, outer - p);
          if (veil) {
            double layer = Curve.step(-11, 10, y) * (0.9 + 0.2 * rough.at(x, y));
            canvas.fill(index, Math.clamp(0.62 * severity * layer, 0.0, 0.9));
          }
          // The meniscus climbs at the wall.
          double climb = 2.4 * Math.min(1.0, 0.4 * height) / (0.45 + fromWall * slope);
          double surface = level + 0.55 * Math.min(1, height / 3) - climb * (veil ? 0.3 : 1);
          double depth = y - surface + 0.15 * rough.at(x, y);
          double f = Curve.step(-0.25, 0.9 + 0.25 * height, depth);
          canvas.fill(index, Math.clamp((veil ? 0.5 : 0.93) * f, 0.0, 0.95));
        });
  }

  /// What a reader may take for a finding: a blunt angle of long ago, a fat pad, scars, a
  /// granuloma.
  private void mimics(Draws d) {
    if (d.chance(0.06)) {
      scar(d);
    }
    if (d.chance(0.10)) {
      int side = d.side();
      double r = d.between(0.9, 2.0);
      double y = anatomy.angle() - 0.6;
      double x = side * (anatomy.lateral().at(y) - 0.3);
      canvas.around(
          x,
          y,
          r,
          (index, px, py) -> {
            double q = 1 - ((px - x) * (px - x) + (py - y) * (py - y)) / (r * r);
            if (q > 0 && canvas.air[index] > 0) {
              canvas.fill(index, Math.min(0.8, 1.4 * q));
            }
          });
    }
    if (d.chance(0.2)) {
      fatPad(d);
    }
    for (int i = d.chance(0.1) ? 1 + d.below(3) : 0; i > 0; i--) {
      double x = d.between(-0.8, 0.8) * anatomy.half();
      double y = d.between(-9, 5);
      double r = d.between(0.15, 0.4);
      canvas.tube(new double[] {x, y, r, x + 0.05, y, r}, Canvas.Tissue.IN_LUNG, 2.5);
    }
  }

  private void fatPad(Draws d) {
    int side = d.chance(0.6) ? 1 : -1;
    double x0 = side * anatomy.half() * (side > 0 ? d.between(0.4, 0.56) : d.between(0.28, 0.36));
    double y0 = anatomy.diaphragm(x0) + 0.3;
    double r = d.between(1.2, 2.8);
    canvas.around(
        x0,
        y0,
        r,
        (index, x, y) -> {
          double q = 1 - ((x - x0) * (x - x0) + (y - y0) * (y - y0)) / (r * r);
          if (q > 0 && canvas.air[index] > 0) {
            canvas.fill(index, 0.6 * Curve.step(0, 0.6, q));
          }
        });
  }

  /// Strands at an apex, as old tuberculosis leaves them.
  private void scar(Draws d) {
    int side = d.side();
    for (int i = 4 + d.below(5); i > 0; i--) {
      double x = side * anatomy.half() * d.between(0.3, 0.6);
      double y = anatomy.apex() + d.between(1.5, 6);
      double dx = d.normal(0, 0.8);
      canvas.tube(
          new double[] {x, y, 0.12, x + dx, y + d.between(0.5, 1.6), 0.08},
          Canvas.Tissue.IN_LUNG,
          2.2);
    }
  }
}
