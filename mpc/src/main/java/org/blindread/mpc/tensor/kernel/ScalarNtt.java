package org.blindread.mpc.tensor.kernel;

/// [NttLoops] in `long`s: Cooley and Tukey's butterflies forward, Gentleman and Sande's back
/// (Longa, Naehrig, 2016, algorithms 1 and 2), products with constants after Shoup.
final class ScalarNtt implements NttLoops {
  private final PrimeField field;
  private final int degree;
  private final PrimeField.Factor[] forward;
  private final PrimeField.Factor[] inverse;
  private final PrimeField.Factor inverseDegree;

  ScalarNtt(NttRoot root) {
    field = root.field();
    degree = root.degree();
    forward = factors(root.powers(root.psi(), true));
    inverse = factors(root.powers(root.inversePsi(), true));
    inverseDegree = PrimeField.Factor.of(field, root.inverseDegree());
  }

  private PrimeField.Factor[] factors(long[] powers) {
    PrimeField.Factor[] factors = new PrimeField.Factor[degree];
    for (int i = 0; i < degree; i++) {
      factors[i] = PrimeField.Factor.of(field, powers[i]);
    }
    return factors;
  }

  @Override
  public void forward(double[] values, int from) {
    long[] x = residues(values, from);
    int reach = degree / 2;
    for (int blocks = 1; blocks < degree; blocks *= 2) {
      for (int b = 0; b < blocks; b++) {
        PrimeField.Factor w = forward[blocks + b];
        int start = 2 * b * reach;
        for (int j = start; j < start + reach; j++) {
          long u = x[j];
          long v = w.times(x[j + reach]);
          x[j] = field.add(u, v);
          x[j + reach] = field.subtract(u, v);
        }
      }
      reach /= 2;
    }
    for (int i = 0; i < degree; i++) {
      values[from + i] = field.centred(x[i]);
    }
  }

  @Override
  public void inverse(double[] values, int from) {
    long[] x = residues(values, from);
    int reach = 1;
    for (int blocks = degree / 2; blocks > 0; blocks /= 2) {
      for (int b = 0; b < blocks; b++) {
        PrimeField.Factor w = inverse[blocks + b];
        int start = 2 * b * reach;
        for (int j = start; j < start + reach; j++) {
          long u = x[j];
          long v = x[j + reach];
          x[j] = field.add(u, v);
          x[j + reach] = w.times(field.subtract(u, v));
        }
      }
      reach *= 2;
    }
    for (int i = 0; i < degree; i++) {
      values[from + i] = field.centred(inverseDegree.times(x[i]));
    }
  }

  private long[] residues(double[] values, int from) {
    long[] x = Scratch.ofThread().longs(degree);
    for (int i = 0; i < degree; i++) {
      x[i] = residue(values[from + i]);
    }
    return x;
  }

  @Override
  public void multiply(double[] a, int aFrom, double[] b, int bFrom, double[] product, int to) {
    for (int i = 0; i < degree; i++) {
      product[to + i] = field.centred(field.multiply(residue(a[aFrom + i]), residue(b[bFrom + i])));
    }
  }

  @Override
  public void multiplyAdd(double[] a, int aFrom, double[] b, int bFrom, double[] sum, int to) {
    for (int i = 0; i < degree; i++) {
      long product = field.multiply(residue(a[aFrom + i]), residue(b[bFrom + i]));
      sum[to + i] = field.centred(field.add(residue(sum[to + i]), product));
    }
  }

  @Override
  public void addMultiply(
      double[] a, int aFrom, double[] b, int bFrom, double factor, double[] out, int to) {
    long c = residue(factor);
    for (int i = 0; i < degree; i++) {
      long sum = field.residue((long) (a[aFrom + i] + b[bFrom + i]));
      out[to + i] = field.centred(field.multiply(sum, c));
    }
  }

  @Override
  public void sumProducts(
      double[] x,
      int xFrom,
      double[] w,
      int wFrom,
      int count,
      double[] first,
      double[] second,
      int to) {
    for (int i = 0; i < PANEL; i++) {
      long sum0 = 0;
      long sum1 = 0;
      for (int k = 0; k < count; k++) {
        long factor = residue(w[wFrom + k * PANEL + i]);
        int at = xFrom + 2 * k * PANEL + i;
        sum0 = field.add(sum0, field.multiply(residue(x[at]), factor));
        sum1 = field.add(sum1, field.multiply(residue(x[at + PANEL]), factor));
      }
      first[to + i] = field.centred(sum0);
      second[to + i] = field.centred(sum1);
    }
  }

  @Override
  public void sumMultiples(
      double[] x,
      int xFrom,
      double[] w,
      int wFrom,
      int count,
      double[] first,
      double[] second,
      int to) {
    for (int i = 0; i < PANEL; i++) {
      long sum0 = 0;
      long sum1 = 0;
      for (int k = 0; k < count; k++) {
        long factor = residue(w[wFrom + k]);
        int at = xFrom + 2 * k * PANEL + i;
        sum0 = field.add(sum0, field.multiply(residue(x[at]), factor));
        sum1 = field.add(sum1, field.multiply(residue(x[at + PANEL]), factor));
      }
      first[to + i] = field.centred(sum0);
      second[to + i] = field.centred(sum1);
    }
  }

  private long residue(double element) {
    long integer = (long) element;
    return integer < 0 ? integer + field.prime() : integer;
  }
}
