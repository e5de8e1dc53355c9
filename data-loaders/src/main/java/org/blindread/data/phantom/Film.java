package org.blindread.data.phantom;

import org.blindread.data.GreyImage;

/// From attenuation to grey values, as a site's equipment does it: scatter, blur, quantum noise,
/// film curve, grain, collimation, lettering.
final class Film {
  private static final int STEPS = 2048;
  private static final double DENSEST = 9;

  private final Acquisition acquisition;
  private final Anatomy anatomy;
  private final Canvas canvas;
  private final Draws draws;

  private Film(Acquisition acquisition, Anatomy anatomy, Canvas canvas) {
    this.acquisition = acquisition;
    this.anatomy = anatomy;
    this.canvas = canvas;
    this.draws = new Draws(anatomy.visit().seed()).branch(4);
  }

  /// The film as seen: dense is bright.
  static GreyImage expose(Acquisition acquisition, Anatomy anatomy, Canvas canvas) {
    return new Film(acquisition, anatomy, canvas).expose();
  }

  private GreyImage expose() {
    int width = canvas.width;
    int height = canvas.height;
    double[] density =
        blurred(canvas.density, acquisition.blurPixels() * draws.between(0.85, 1.15));
    double[] curve = curve();
    double[] noise = noiseTable();
    double[] grain = new double[width * height];
    long seed = draws.branch(1).seed();
    for (int i = 0; i < grain.length; i++) {
      grain[i] = white(seed, i);
    }
    grain = blurred(grain, 0.8);
    double coarse = acquisition.grain() * 2.6;
    double[] value = new double[width * height];
    long quantum = draws.branch(2).seed();
    for (int i = 0; i < value.length; i++) {
      double d = density[i];
      d += read(noise, d) * white(quantum, i);
      value[i] = 255 * read(curve, d) + coarse * grain[i];
    }
    collimate(value);
    letter(value);
    short[] samples = new short[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.clamp((long) Math.floor(value[i] + 0.5), 0, 255);
    }
    return new GreyImage(width, height, 8, samples);
  }

  /// Grey value 0 … 1 by attenuation. The exposure follows the patient's thickness, imperfectly.
  private double[] curve() {
    double girth = anatomy.patient().girth();
    double scatter = acquisition.scatter() * (1 + 1.6 * girth) * (anatomy.visit().ap() ? 1.5 : 1.0);
    double thick = Canvas.SOFT * 2 * anatomy.depth();
    double lung = thick - Canvas.SOFT * 10.5;
    double bright = draws.normal(0, 0.10);
    // The lungs come to rest at 0.38 of the scale, the densest parts at 1, if there is contrast.
    double span = Math.max(1.5, (veiled(thick * 1.2, scatter) - veiled(lung, scatter)) / 0.62);
    double low = veiled(lung, scatter) - 0.38 * span + bright;
    double high = low + span + draws.normal(0, 0.08);
    double contrast = acquisition.contrast() * draws.normal(1, 0.06);
    double gamma = acquisition.gamma() * draws.normal(1, 0.06);
    double floor = logistic(-0.62 * contrast);
    double ceiling = logistic(0.62 * contrast);
    double[] curve = new double[STEPS + 2];
    for (int i = 0; i < curve.length; i++) {
      double d = DENSEST * i / STEPS;
      double t = (veiled(d, scatter) - low) / (high - low);
      double grey = (logistic(contrast * (t - 0.5)) - floor) / (ceiling - floor);
      curve[i] = StrictMath.pow(Math.clamp(grey, 0.0, 1.0), gamma);
    }
    return curve;
  }

  private static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /// Scattered radiation hides what is dense.
  private static double veiled(double density, double scatter) {
    return -StrictMath.log((StrictMath.exp(-density) + scatter) / (1 + scatter));
  }

  /// Few quanta pass where it is dense: there the noise is large.
  private double[] noiseTable() {
    double dose = draws.between(0.85, 1.2) * (anatomy.visit().ap() ? 1.2 : 1.0);
    double[] table = new double[STEPS + 2];
    for (int i = 0; i < table.length; i++) {
      double d = Math.min(4.5, DENSEST * i / STEPS);
      table[i] = acquisition.quantumNoise() * dose * StrictMath.exp(0.4 * d);
    }
    return table;
  }

  private static double read(double[] table, double density) {
    double position = Math.clamp(density, 0.0, DENSEST) * (STEPS / DENSEST);
    int i = (int) position;
    return table[i] + (position - i) * (table[i + 1] - table[i]);
  }

  /// About normal, variance 1: the sum of four uniform numbers.
  private static double white(long seed, int index) {
    long hash = Draws.mix(seed + 0x9E3779B97F4A7C15L * (index + 1));
    long sum = (hash & 0xFFFF) + (hash >>> 16 & 0xFFFF) + (hash >>> 32 & 0xFFFF) + (hash >>> 48);
    return (sum - 131070) * 2.6429e-5;
  }

  /// A Gaussian along rows, then columns.
  private double[] blurred(double[] plane, double deviation) {
    int reach = Math.max(1, (int) Math.ceil(2.5 * deviation));
    double[] kernel = new double[2 * reach + 1];
    double total = 0;
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = StrictMath.exp(-0.5 * k * k / (deviation * deviation));
      total += kernel[k + reach];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= total;
    }
    int width = canvas.width;
    int height = canvas.height;
    double[] rows = new double[plane.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
          sum += kernel[k + reach] * plane[y * width + Math.clamp(x + k, 0, width - 1)];
        }
        rows[y * width + x] = sum;
      }
    }
    double[] out = new double[plane.length];
    for (int y = 0; y < height; y++) {
      for (int k = -reach; k <= reach; k++) {
        int from = Math.clamp(y + k, 0, height - 1) * width;
        double weight = kernel[k + reach];
        for (int x = 0; x < width; x++) {
          out[y * width + x] += weight * rows[from + x];
        }
      }
    }
    return out;
  }

  /// The tube's diaphragm: black borders with a soft edge.
  private void collimate(double[] value) {
    if (acquisition.collimation() == 0 || !draws.chance(0.6)) {
      return;
    }
    double most = acquisition.collimation();
    double left = draws.between(-most, most) * canvas.width;
    double right = canvas.width - draws.between(-most, most) * canvas.width;
    double top = draws.between(-most, most) * canvas.height;
    double bottom = canvas.height - draws.between(-most, most) * canvas.height;
    for (int y = 0; y < canvas.height; y++) {
      for (int x = 0; x < canvas.width; x++) {
        double in = Math.min(Math.min(x - left, right - x), Math.min(y - top, bottom - y));
        if (in < 1.5) {
          double open = Curve.step(-1.5, 1.5, in);
          value[y * canvas.width + x] = 6 + open * (value[y * canvas.width + x] - 6);
        }
      }
    }
  }

  private void letter(double[] value) {
    Acquisition.Lettering lettering = acquisition.lettering();
    String view = anatomy.visit().ap() ? "AP" : "PA";
    int w = canvas.width;
    int dx = (int) draws.between(0.01 * w, 0.06 * w);
    int dy = (int) draws.between(0.02 * canvas.height, 0.08 * canvas.height);
    int size = w >= 300 ? 2 : draws.chance(0.5) ? 2 : 1;
    switch (lettering) {
      case NONE -> {}
      case LEFT -> Glyphs.write("L", value, w, canvas.height, w - dx - 6 * size, dy, size);
      case RIGHT -> Glyphs.write("R", value, w, canvas.height, dx, dy, size);
      case LEFT_AND_VIEW -> {
        Glyphs.write("L", value, w, canvas.height, w - dx - 6 * size, dy, size);
        Glyphs.write(view, value, w, canvas.height, w - dx - 12, dy + 8 * size + 3, 1);
      }
    }
  }
}
