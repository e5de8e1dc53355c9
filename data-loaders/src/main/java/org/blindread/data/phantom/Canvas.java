package org.blindread.data.phantom;

import java.util.Arrays;

/// The plane of the detector: for each pixel the attenuation summed along its ray, and the path in
/// lung. Positions are in centimetres of the patient: x grows towards the image's right (the
/// patient's left), y downwards; the origin is the midline at the height of the sixth thoracic
/// vertebra.
final class Canvas {
  /// Attenuation of one centimetre of soft tissue.
  static final double SOFT = 0.2;

  /// No tube is thinner than this in pixels; a finer one is drawn this wide and fainter.
  private static final double MINIMUM = 0.9;

  /// Radius of a bone's spongy core, as part of the bone's.
  private static final double CORE = 0.84;

  final int width;
  final int height;

  /// Attenuation, row by row.
  final double[] density;

  /// Centimetres of aerated lung along the ray, row by row.
  final double[] air;

  private final double scale;
  private final double inverse;
  private final double cos;
  private final double sin;
  private final double offsetX;
  private final double offsetY;
  private final double[] nearest;
  private final double[] radius;

  /// How a tube adds to the attenuation of the pixels it covers.
  enum Tissue {
    /// A dense shell around a spongy core: bright edges.
    BONE,
    /// Full of soft tissue, seen wherever it lies.
    SOFT,
    /// Full of soft tissue, seen in aerated lung only.
    IN_LUNG
  }

  /// @param scale pixels a centimetre
  /// @param tilt radians, clockwise
  /// @param centreX where the patient's origin falls, in pixels
  /// @param centreY as centreX
  Canvas(int width, int height, double scale, double tilt, double centreX, double centreY) {
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.inverse = 1 / scale;
    this.cos = StrictMath.cos(tilt);
    this.sin = StrictMath.sin(tilt);
    this.offsetX = centreX;
    this.offsetY = centreY;
    this.density = new double[width * height];
    this.air = new double[width * height];
    this.nearest = new double[width * height];
    this.radius = new double[width * height];
  }

  double x(double column, double row) {
    return (cos * (column - offsetX) + sin * (row - offsetY)) * inverse;
  }

  double y(double column, double row) {
    return (cos * (row - offsetY) - sin * (column - offsetX)) * inverse;
  }

  double column(double x, double y) {
    return (cos * x - sin * y) * scale + offsetX;
  }

  double row(double x, double y) {
    return (sin * x + cos * y) * scale + offsetY;
  }

  /// What is computed at a pixel, from its position in centimetres.
  interface Shade {
    void at(int index, double x, double y);
  }

  /// Visits every pixel within `reach` centimetres of a point.
  void around(double x, double y, double reach, Shade shade) {
    double r = reach * scale;
    int left = (int) Math.max(0, Math.floor(column(x, y) - r));
    int right = (int) Math.min(width - 1.0, Math.ceil(column(x, y) + r));
    int top = (int) Math.max(0, Math.floor(row(x, y) - r));
    int bottom = (int) Math.min(height - 1.0, Math.ceil(row(x, y) + r));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        shade.at(row * width + column, x(column + 0.5, row + 0.5), y(column + 0.5, row + 0.5));
      }
    }
  }

  /// Visits every pixel with lung behind it.
  void inLung(Shade shade) {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int index = row * width + column;
        if (air[index] > 0) {
          shade.at(index, x(column + 0.5, row + 0.5), y(column + 0.5, row + 0.5));
        }
      }
    }
  }

  /// Visits every pixel.
  void everywhere(Shade shade) {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        shade.at(row * width + column, x(column + 0.5, row + 0.5), y(column + 0.5, row + 0.5));
      }
    }
  }

  /// Replaces a part of the lung's air by fluid or cells.
  ///
  /// @param part 0 … 1
  void fill(int index, double part) {
    density[index] += SOFT * part * air[index];
    air[index] *= 1 - part;
  }

  /// Adds a tube along a line of points.
  ///
  /// @param line x, y and radius of each point, in centimetres
  /// @param weight factor of the attenuation
  void tube(double[] line, Tissue tissue, double weight) {
    int points = line.length / 3;
    double[] across = new double[points];
    double[] down = new double[points];
    double[] thick = new double[points];
    double left = width;
    double right = -1;
    double top = height;
    double bottom = -1;
    for (int i = 0; i < points; i++) {
      across[i] = column(line[3 * i], line[3 * i + 1]) - 0.5;
      down[i] = row(line[3 * i], line[3 * i + 1]) - 0.5;
      thick[i] = line[3 * i + 2] * scale;
      double reach = Math.max(thick[i], MINIMUM);
      left = Math.min(left, across[i] - reach);
      right = Math.max(right, across[i] + reach);
      top = Math.min(top, down[i] - reach);
      bottom = Math.max(bottom, down[i] + reach);
    }
    int x0 = (int) Math.max(0, Math.floor(left));
    int x1 = (int) Math.min(width - 1.0, Math.ceil(right));
    int y0 = (int) Math.max(0, Math.floor(top));
    int y1 = (int) Math.min(height - 1.0, Math.ceil(bottom));
    if (x0 > x1 || y0 > y1) {
      return;
    }
    for (int y = y0; y <= y1; y++) {
      Arrays.fill(nearest, y * width + x0, y * width + x1 + 1, 1.0);
    }
    for (int i = 0; i + 1 < points; i++) {
      segment(across, down, thick, i);
    }
    for (int y = y0; y <= y1; y++) {
      for (int index = y * width + x0; index <= y * width + x1; index++) {
        if (nearest[index] < 1.0) {
          add(index, tissue, weight);
        }
      }
    }
  }

  private void segment(double[] across, double[] down, double[] thick, int i) {
    double ax = across[i];
    double ay = down[i];
    double dx = across[i + 1] - ax;
    double dy = down[i + 1] - ay;
    double inverse = 1 / Math.max(1e-9, dx * dx + dy * dy);
    double reach = Math.max(Math.max(thick[i], thick[i + 1]), MINIMUM);
    int x0 = (int) Math.max(0, Math.floor(Math.min(ax, ax + dx) - reach));
    int x1 = (int) Math.min(width - 1.0, Math.ceil(Math.max(ax, ax + dx) + reach));
    int y0 = (int) Math.max(0, Math.floor(Math.min(ay, ay + dy) - reach));
    int y1 = (int) Math.min(height - 1.0, Math.ceil(Math.max(ay, ay + dy) + reach));
    for (int y = y0; y <= y1; y++) {
      for (int x = x0; x <= x1; x++) {
        double t = Math.clamp(((x - ax) * dx + (y - ay) * dy) * inverse, 0.0, 1.0);
        double ex = x - ax - t * dx;
        double ey = y - ay - t * dy;
        double r = thick[i] + t * (thick[i + 1] - thick[i]);
        double wide = Math.max(r, MINIMUM);
        double q = (ex * ex + ey * ey) / (wide * wide);
        int index = y * width + x;
        if (q < nearest[index]) {
          nearest[index] = q;
          radius[index] = r;
        }
      }
    }
  }

  private void add(int index, Tissue tissue, double weight) {
    double q = nearest[index];
    double r = radius[index];
    double wide = Math.max(r, MINIMUM);
    double chord = 2 * r * Math.min(1.0, r / wide) * Math.sqrt(1 - q) * inverse;
    density[index] +=
        switch (tissue) {
          case SOFT -> SOFT * weight * chord;
          case IN_LUNG -> SOFT * weight * chord * Math.min(1.0, air[index] * 0.25);
          case BONE -> {
            double core = q < CORE * CORE ? Math.sqrt(CORE * CORE - q) * 2 * r * inverse : 0;
            yield weight * (chord - 0.78 * core);
          }
        };
  }
}
