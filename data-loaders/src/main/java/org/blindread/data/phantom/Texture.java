package org.blindread.data.phantom;

/// Smooth random texture: values on a lattice by hash, interpolated (value noise), −1 … 1.
///
/// @param seed which texture
/// @param cell size of the lattice in centimetres
record Texture(long seed, double cell) {
  double at(double x, double y) {
    double u = x / cell + 512;
    double v = y / cell + 512;
    int i = (int) u;
    int j = (int) v;
    double a = u - i;
    double b = v - j;
    a = a * a * (3 - 2 * a);
    b = b * b * (3 - 2 * b);
    double top = value(i, j) + a * (value(i + 1, j) - value(i, j));
    double bottom = value(i, j + 1) + a * (value(i + 1, j + 1) - value(i, j + 1));
    return top + b * (bottom - top);
  }

  private double value(int i, int j) {
    long hash = Draws.mix(seed + 0x9E3779B97F4A7C15L * ((long) j << 20 | i));
    return (hash >> 40) * 0x1p-23;
  }
}
