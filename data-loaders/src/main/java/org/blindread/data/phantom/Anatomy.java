package org.blindread.data.phantom;

/// The shapes of one patient on one film, in centimetres as in [Canvas]: outlines as curves of the
/// height y or of the distance from the midline. Findings that move anatomy (a wide heart, a lobe
/// that has lost volume) are in the shapes already.
///
/// @param patient whose
/// @param visit which film
/// @param half half of the rib cage's greatest inner width
/// @param apex y of the lungs' upper end
/// @param angle y of the costophrenic angle
/// @param body half the body's width by y
/// @param depth half the body's depth, at the chest
/// @param lateral the lung's outer border by y, as distance from the midline
/// @param medial the lung's inner border by y
/// @param lungDepth the lung's path along the ray by y, in its middle
/// @param domes y of the diaphragm by distance from the midline, right then left
/// @param midline x of the midline by y: the spine's curve
/// @param shift how far the mediastinum lies to the patient's left
/// @param rightMediastinum its right border by y, as distance from its own midline
/// @param leftMediastinum its left border
/// @param heart the heart's outline
record Anatomy(
    Patient patient,
    Visit visit,
    double half,
    double apex,
    double angle,
    Curve body,
    double depth,
    Curve lateral,
    Curve medial,
    Curve lungDepth,
    Curve[] domes,
    Curve midline,
    double shift,
    Curve rightMediastinum,
    Curve leftMediastinum,
    Heart heart) {

  /// Two ellipsoids: the ventricles, their long axis towards the apex, and the right atrium.
  ///
  /// @param x centre of the ventricles
  /// @param y as x
  /// @param cos of the long axis' angle below the horizontal
  /// @param sin as cos
  /// @param length half the long axis
  /// @param breadth half the short axis
  /// @param atriumX centre of the atrium
  /// @param atriumY as atriumX
  /// @param atriumWidth half its width
  /// @param atriumHeight half its height
  record Heart(
      double x,
      double y,
      double cos,
      double sin,
      double length,
      double breadth,
      double atriumX,
      double atriumY,
      double atriumWidth,
      double atriumHeight) {

    /// The path in the heart, in parts of its depth: 0 outside.
    double chord(double px, double py) {
      double dx = px - x;
      double dy = py - y;
      double u = (dx * cos + dy * sin) / length;
      double v = (dy * cos - dx * sin) / breadth;
      // Slightly squarer than an ellipse towards the base, pointed at the apex.
      double vv = v / (1.06 - 0.16 * u);
      double ventricles = 1 - u * u - vv * vv;
      double ax = (px - atriumX) / atriumWidth;
      double ay = (py - atriumY) / atriumHeight;
      double atrium = 1 - ax * ax - ay * ay;
      double most = Math.max(ventricles, 0.8 * atrium);
      return most <= 0 ? 0 : Math.sqrt(most);
    }
  }

  static Anatomy of(Patient patient, Visit visit) {
    Draws draws = new Draws(patient.seed()).branch(1);
    Draws now = new Draws(visit.seed()).branch(1);
    double size = patient.size();
    double breath = visit.inspiration();
    double half = size * draws.normal(13.3, 0.45) * (0.97 + 0.03 * breath);
    double apex = -13.4 * size + draws.normal(0, 0.3);
    double angle = (11.2 + 1.2 * (breath - 0.8)) * size + draws.normal(0, 0.5);
    double girth = patient.girth();
    double depth = (9.6 + 3.2 * girth) * size;

    double[] lift = lifts(visit, now);
    Curve[] domes = new Curve[2];
    double flat = draws.between(0.75, 1.15) * (patient.age() > 60 ? 0.92 : 1.0);
    for (int side = 0; side < 2; side++) {
      double top = angle - 4.1 * size + (side == 0 ? 0 : 0.95) + draws.normal(0, 0.3) - lift[side];
      top += 2.4 * (0.8 - breath) * -1;
      domes[side] = dome(half, top, angle, flat, side);
    }
    double bend = draws.normal(0, patient.age() > 60 ? 0.45 : 0.22);
    Curve midline =
        Curve.through(-20, 0.4 * bend, -10, -0.6 * bend, 0, bend, 10, 0.2 * bend, 20, -0.4 * bend);
    double collapse = visit.severity(PhantomFinding.ATELECTASIS);
    double pull = Atelectasis.lobar(visit) ? 1.3 * collapse * Atelectasis.side(visit) : 0;
    double shift = 0.9 * visit.turned() + pull + draws.normal(0, 0.15);
    double age = Math.clamp((patient.age() - 40) / 45.0, 0.0, 1.0);
    return new Anatomy(
        patient,
        visit,
        half,
        apex,
        angle,
        body(half, apex, girth, draws),
        depth,
        lateral(half, apex, angle),
        medial(half, apex, angle),
        lungDepth(apex, angle, 2 * depth),
        domes,
        midline,
        shift,
        rightMediastinum(size, visit, draws),
        leftMediastinum(size, age, visit, draws),
        heart(half, domes, visit, draws, patient.age()));
  }

  /// How much each half of the diaphragm is raised.
  private static double[] lifts(Visit visit, Draws now) {
    double[] lift = {Math.max(0, now.normal(-0.2, 0.3)), Math.max(0, now.normal(-0.2, 0.3))};
    double collapse = visit.severity(PhantomFinding.ATELECTASIS);
    lift[Atelectasis.side(visit) < 0 ? 0 : 1] += collapse * (Atelectasis.lobar(visit) ? 2.2 : 1.4);
    return lift;
  }

  private static Curve dome(double half, double top, double angle, double flat, int side) {
    double fall = Math.max(1.6, angle - top);
    double round = Math.min(1.4, flat * fall / 4);
    return Curve.through(
        0,
        top + 1.5 * round,
        0.14 * half,
        top + 0.85 * round,
        0.30 * half,
        top + (side == 0 ? 0.15 : 0.22) * round,
        0.44 * half,
        top,
        0.58 * half,
        top + 0.20 * round,
        0.72 * half,
        top + 0.75 * round,
        0.84 * half,
        top + 0.42 * fall,
        0.92 * half,
        top + 0.68 * fall,
        0.98 * half,
        top + 1.0 * fall,
        1.04 * half,
        top + 1.4 * fall);
  }

  private static Curve body(double half, double apex, double girth, Draws draws) {
    double neck = 5.4 + 1.6 * girth + draws.normal(0, 0.2);
    double wall = half + 1.9 + 2.6 * girth;
    double shoulder = half + 6.4 + 0.8 * girth;
    double fall = draws.normal(0, 0.5);
    return Curve.through(
        apex - 9,
        neck * 1.05,
        apex - 6.4 + fall,
        neck,
        apex - 4.9 + fall,
        neck + 1.0,
        apex - 3.9 + fall,
        neck + 2.6,
        apex - 3.0 + fall,
        neck + 5.4,
        apex - 2.1 + fall,
        neck + 8.6,
        apex - 1.0 + fall,
        shoulder - 1.3,
        apex + 1.0,
        shoulder - 0.1,
        apex + 2.5,
        shoulder - 0.4,
        apex + 5.5,
        wall + 2.1,
        apex + 8.5,
        wall + 0.5,
        apex + 13,
        wall,
        apex + 20,
        wall + 0.1,
        apex + 26,
        wall - 0.1 + 1.2 * girth,
        apex + 34,
        wall - 0.3 + 2.0 * girth);
  }

  private static Curve lateral(double half, double apex, double angle) {
    double[] shape = {
      0.000, 0.43, 0.010, 0.52, 0.03, 0.60, 0.07, 0.69, 0.13, 0.775, 0.21, 0.85, 0.32, 0.915, 0.45,
      0.962, 0.60, 0.99, 0.76, 1.0, 0.90, 0.992, 1.0, 0.965, 1.1, 0.92, 1.25, 0.86
    };
    return border(shape, half, apex, angle);
  }

  private static Curve medial(double half, double apex, double angle) {
    double[] shape = {
      0.000, 0.42, 0.010, 0.34, 0.03, 0.285, 0.07, 0.22, 0.13, 0.17, 0.2, 0.13, 0.3, 0.11, 0.6, 0.1,
      1.25, 0.1
    };
    return border(shape, half, apex, angle);
  }

  private static Curve border(double[] shape, double half, double apex, double angle) {
    double[] points = new double[shape.length];
    for (int i = 0; i < shape.length; i += 2) {
      points[i] = apex + shape[i] * (angle - apex);
      points[i + 1] = shape[i + 1] * half;
    }
    return Curve.through(points);
  }

  private static Curve lungDepth(double apex, double angle, double body) {
    double[] shape = {0, 0.12, 0.05, 0.26, 0.15, 0.43, 0.3, 0.56, 0.5, 0.66, 0.75, 0.71, 1.2, 0.72};
    return border(shape, Math.min(body, 21.5), apex, angle);
  }

  private static Curve rightMediastinum(double size, Visit visit, Draws draws) {
    double w = size * (visit.ap() ? 1.1 : 1.0) * draws.normal(1, 0.06) + 0.2 * visit.turned();
    return Curve.through(
        -22, 2.6 * w, -14, 2.5 * w, -11, 2.35 * w, -8, 2.25 * w, -5, 2.3 * w, -3, 2.6 * w, 0,
        2.7 * w, 12, 2.2 * w);
  }

  private static Curve leftMediastinum(double size, double age, Visit visit, Draws draws) {
    double w = size * (visit.ap() ? 1.1 : 1.0) * draws.normal(1, 0.06) - 0.2 * visit.turned();
    double knob = (2.75 + 0.6 * age + draws.normal(0, 0.15)) * w;
    double high = -7.0 - 0.5 * age;
    return Curve.through(
        -22,
        2.5 * w,
        -14,
        2.4 * w,
        -11,
        2.15 * w,
        high - 2.4,
        2.15 * w,
        high - 1.0,
        knob - 0.3,
        high,
        knob,
        high + 0.9,
        knob - 0.2,
        high + 1.7,
        2.4 * w,
        high + 2.6,
        2.5 * w,
        -2.4,
        3.1 * w,
        -0.5,
        3.2 * w,
        3,
        2.6 * w,
        12,
        2.0 * w);
  }

  private static Heart heart(double half, Curve[] domes, Visit visit, Draws draws, int age) {
    double severity = visit.severity(PhantomFinding.CARDIOMEGALY);
    double ratio = draws.normal(0.437, 0.022) + 0.0003 * (age - 50);
    ratio += Difficulty.HEART * severity;
    if (visit.ap()) {
      ratio *= draws.between(1.05, 1.12);
    }
    ratio *= 1 + 0.10 * (0.85 - visit.inspiration());
    double width = 2 * half * Math.clamp(ratio, 0.34, 0.66);
    // A raised diaphragm lays the heart down.
    double slope = Math.clamp(draws.normal(0.62, 0.07) - 0.25 * severity, 0.28, 0.85);
    double cos = StrictMath.cos(slope);
    double sin = StrictMath.sin(slope);
    double right = width * draws.between(0.29, 0.34);
    double left = width - right;
    double floor = domes[1].at(0.35 * half);
    double length = 0.60 * width;
    double breadth = length * draws.between(0.62, 0.70);
    double reach = Math.sqrt(length * cos * length * cos + breadth * sin * breadth * sin);
    double down = Math.sqrt(length * sin * length * sin + breadth * cos * breadth * cos);
    double y = floor + 1.1 - 0.72 * down;
    return new Heart(
        left - reach, y, cos, sin, length, breadth, -right + 3.6, y + 0.3, 3.6, 0.82 * down);
  }

  /// x relative to the mediastinum's own midline.
  double fromMediastinum(double x, double y) {
    return x - midline.at(y) - shift * Curve.step(-16, -4, y);
  }

  /// y of the diaphragm at x.
  double diaphragm(double x) {
    return domes[x < 0 ? 0 : 1].at(Math.abs(x));
  }
}
