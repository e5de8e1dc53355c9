package org.blindread.mpc.tensor.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// [NttLoops] in `double`s with fused multiply-add, exact for p < 2^49.
///
/// A product v·w mod p, |w| ≤ p/2: h = v·w rounded, e = v·w − h exact by one FMA, q = v·(w/p)
/// rounded to an integer by adding and taking away 1.5·2^52, then r = (h − q·p) + e, both steps
/// exact. For |v| < 2^52 is |r| ≤ p/2 + |v|·p·2^-55. Butterflies add and subtract r without
/// reducing: from |v| ≤ p/2 thirteen levels lead to less than 8·p ≤ 2^52. One reduction at the end
/// is then exact, since v/p stays 1/(2p) away from every half and is computed to 2^-53 relative.
///
/// Both directions are Cooley and Tukey's butterflies, whose values grow by a sum and not by a
/// factor; the way back reads slots in reversed order, and its last pass multiplies by ψ^(−i)/N.
/// Two levels run in one pass over memory; levels shorter than a register permute its lanes.
final class VectorNtt implements NttLoops {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /// Adding it rounds |x| < 2^51 to an integer, ties to even.
  private static final double ROUNDER = 0x1.8p52;

  /// The bits of ROUNDER + n are these plus n, |n| < 2^51.
  private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  /// Where a sum of up to 63 bits is cut so that both parts are below 2^51.
  private static final int UPPER = 24;

  private static final VectorShuffle<Double> LOW4 = shuffle(4, 0);
  private static final VectorShuffle<Double> HIGH4 = shuffle(4, 4);
  private static final VectorShuffle<Double> LOW2 = shuffle(2, 0);
  private static final VectorShuffle<Double> HIGH2 = shuffle(2, 2);
  private static final VectorShuffle<Double> LOW1 = shuffle(1, 0);
  private static final VectorShuffle<Double> HIGH1 = shuffle(1, 1);

  private final int degree;
  private final double p;
  private final double reciprocal;

  /// ψ^reverse(i), and divided by p.
  private final double[] forward;

  private final double[] forwardOverP;

  /// For a level of reach r < lanes: the factor of every element, negated in upper halves.
  private final double[] forward4;

  private final double[] forward2;
  private final double[] forward1;

  /// ω_2r^(−j) for a level of reach r at r + j, ω_2r of order 2r, and divided by p.
  private final double[] inverse;

  private final double[] inverseOverP;
  private final double[] inverse4;
  private final double[] inverse2;
  private final double[] inverse1;

  /// ψ^(−i)/N, and divided by p.
  private final double[] last;

  private final double[] lastOverP;

  private final Pass[] forwardPasses;
  private final Pass[] inversePasses;

  /// Some levels of a transform over all elements, in place.
  private interface Pass {
    void run(double[] x, int from);
  }

  VectorNtt(NttRoot root) {
    degree = root.degree();
    p = root.field().prime();
    reciprocal = 1 / p;
    forward = centred(root, root.powers(root.psi(), true));
    forwardOverP = overP(forward);
    forward4 = laneFactors(4);
    forward2 = laneFactors(2);
    forward1 = laneFactors(1);
    inverse = centred(root, inversePowers(root));
    inverseOverP = overP(inverse);
    inverse4 = inverseLaneFactors(4);
    inverse2 = inverseLaneFactors(2);
    inverse1 = inverseLaneFactors(1);
    long[] twist = root.powers(root.inversePsi(), false);
    for (int i = 0; i < degree; i++) {
      twist[i] = root.field().multiply(twist[i], root.inverseDegree());
    }
    last = centred(root, twist);
    lastOverP = overP(last);
    forwardPasses = forwardPasses().toArray(Pass[]::new);
    inversePasses = inversePasses().toArray(Pass[]::new);
  }

  private static VectorShuffle<Double> shuffle(int reach, int half) {
    return VectorShuffle.fromOp(SPECIES, lane -> ((lane & ~reach) | half) % LANES);
  }

  private static double[] centred(NttRoot root, long[] residues) {
    double[] centred = new double[residues.length];
    for (int i = 0; i < residues.length; i++) {
      centred[i] = root.field().centred(residues[i]);
    }
    return centred;
  }

  private double[] overP(double[] factors) {
    double[] quotients = new double[factors.length];
    for (int i = 0; i < factors.length; i++) {
      quotients[i] = factors[i] / p;
    }
    return quotients;
  }

  private double[] laneFactors(int reach) {
    double[] factors = new double[degree];
    for (int i = 0; i < degree; i++) {
      double w = forward[degree / (2 * reach) + i / (2 * reach)];
      factors[i] = (i & reach) == 0 ? w : -w;
    }
    return factors;
  }

  private static long[] inversePowers(NttRoot root) {
    PrimeField field = root.field();
    long[] powers = new long[root.degree()];
    for (int reach = 1; reach < root.degree(); reach *= 2) {
      // ψ has order 2N, hence ψ^(N/r) order 2r.
      long step = field.power(root.inversePsi(), root.degree() / reach);
      long power = 1;
      for (int j = 0; j < reach; j++) {
        powers[reach + j] = power;
        power = field.multiply(power, step);
      }
    }
    return powers;
  }

  private double[] inverseLaneFactors(int reach) {
    double[] factors = new double[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      double w = inverse[reach + (lane & (reach - 1))];
      factors[lane] = (lane & reach) == 0 ? w : -w;
    }
    return factors;
  }

  private List<Pass> forwardPasses() {
    List<Pass> passes = new ArrayList<>();
    int reach = degree / 2;
    if (Integer.numberOfTrailingZeros(degree / LANES) % 2 == 1) {
      passes.add(this::forwardFirstLevel);
      reach /= 2;
    }
    for (; reach >= LANES; reach /= 4) {
      int r = reach;
      passes.add((x, from) -> forwardTwoLevels(x, from, r));
    }
    passes.add(this::forwardLanes);
    return passes;
  }

  private List<Pass> inversePasses() {
    List<Pass> passes = new ArrayList<>();
    passes.add(this::inverseLanes);
    int reach = LANES;
    for (; reach < degree / 2; reach *= 4) {
      int r = reach;
      passes.add((x, from) -> inverseTwoLevels(x, from, r));
    }
    if (reach < degree) {
      passes.add(this::inverseLastLevel);
    }
    passes.add(this::twist);
    return passes;
  }

  @Override
  public void forward(double[] x, int from) {
    run(forwardPasses, x, from);
  }

  @Override
  public void inverse(double[] x, int from) {
    run(inversePasses, x, from);
  }

  /// One call for many kinds of pass, which the compiler therefore cannot inline: several passes in
  /// one method exceed its NodeCountInliningCutoff, and then vectors are boxed (4 times slower).
  private static void run(Pass[] passes, double[] x, int from) {
    for (Pass pass : passes) {
      pass.run(x, from);
    }
  }

  /// The first level alone, for an odd number of them.
  private void forwardFirstLevel(double[] x, int from) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    DoubleVector w = DoubleVector.broadcast(SPECIES, forward[1]);
    DoubleVector wOverP = DoubleVector.broadcast(SPECIES, forwardOverP[1]);
    int reach = degree / 2;
    for (int j = 0; j < reach; j += LANES) {
      DoubleVector u = DoubleVector.fromArray(SPECIES, x, from + j);
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + j + reach);
      DoubleVector r = product(v, w, w.neg(), wOverP, minusP);
      u.add(r).intoArray(x, from + j);
      u.sub(r).intoArray(x, from + j + reach);
    }
  }

  /// The levels of `reach` and reach/2 ≥ lanes.
  private void forwardTwoLevels(double[] x, int from, int reach) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    int half = reach / 2;
    int blocks = degree / (2 * reach);
    for (int b = 0; b < blocks; b++) {
      int k = blocks + b;
      DoubleVector w = DoubleVector.broadcast(SPECIES, forward[k]);
      DoubleVector wOverP = DoubleVector.broadcast(SPECIES, forwardOverP[k]);
      DoubleVector minusW = w.neg();
      DoubleVector lower = DoubleVector.broadcast(SPECIES, forward[2 * k]);
      DoubleVector lowerOverP = DoubleVector.broadcast(SPECIES, forwardOverP[2 * k]);
      DoubleVector minusLower = lower.neg();
      DoubleVector upper = DoubleVector.broadcast(SPECIES, forward[2 * k + 1]);
      DoubleVector upperOverP = DoubleVector.broadcast(SPECIES, forwardOverP[2 * k + 1]);
      DoubleVector minusUpper = upper.neg();
      int start = from + 2 * b * reach;
      for (int j = start; j < start + half; j += LANES) {
        DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, j);
        DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, j + half);
        DoubleVector r2 =
            product(DoubleVector.fromArray(SPECIES, x, j + reach), w, minusW, wOverP, minusP);
        DoubleVector r3 =
            product(
                DoubleVector.fromArray(SPECIES, x, j + reach + half), w, minusW, wOverP, minusP);
        DoubleVector y0 = x0.add(r2);
        DoubleVector y2 = x0.sub(r2);
        DoubleVector r1 = product(x1.add(r3), lower, minusLower, lowerOverP, minusP);
        DoubleVector s3 = product(x1.sub(r3), upper, minusUpper, upperOverP, minusP);
        y0.add(r1).intoArray(x, j);
        y0.sub(r1).intoArray(x, j + half);
        y2.add(s3).intoArray(x, j + reach);
        y2.sub(s3).intoArray(x, j + reach + half);
      }
    }
  }

  /// The levels within a register and the reduction. Reducing first as well keeps quotients exact
  /// though they come from products by 1/p.
  private void forwardLanes(double[] x, int from) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, reciprocal);
    for (int i = 0; i < degree; i += LANES) {
      DoubleVector v = reduced(DoubleVector.fromArray(SPECIES, x, from + i), oneOverP, minusP);
      if (LANES >= 8) {
        DoubleVector w = DoubleVector.fromArray(SPECIES, forward4, i);
        v = v.rearrange(LOW4).add(product(v.rearrange(HIGH4), w, oneOverP, minusP));
      }
      if (LANES >= 4) {
        DoubleVector w = DoubleVector.fromArray(SPECIES, forward2, i);
        v = v.rearrange(LOW2).add(product(v.rearrange(HIGH2), w, oneOverP, minusP));
      }
      DoubleVector w = DoubleVector.fromArray(SPECIES, forward1, i);
      v = v.rearrange(LOW1).add(product(v.rearrange(HIGH1), w, oneOverP, minusP));
      reduced(v, oneOverP, minusP).intoArray(x, from + i);
    }
  }

  private void inverseLanes(double[] x, int from) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, reciprocal);
    DoubleVector w1 = DoubleVector.fromArray(SPECIES, inverse1, 0);
    DoubleVector w2 = DoubleVector.fromArray(SPECIES, inverse2, 0);
    DoubleVector w4 = DoubleVector.fromArray(SPECIES, inverse4, 0);
    for (int i = from; i < from + degree; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
      v = v.rearrange(LOW1).add(product(v.rearrange(HIGH1), w1, oneOverP, minusP));
      if (LANES >= 4) {
        v = v.rearrange(LOW2).add(product(v.rearrange(HIGH2), w2, oneOverP, minusP));
      }
      if (LANES >= 8) {
        v = v.rearrange(LOW4).add(product(v.rearrange(HIGH4), w4, oneOverP, minusP));
      }
      v.intoArray(x, i);
    }
  }

  private void inverseLastLevel(double[] x, int from) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    int reach = degree / 2;
    for (int j = 0; j < reach; j += LANES) {
      DoubleVector w = DoubleVector.fromArray(SPECIES, inverse, reach + j);
      DoubleVector wOverP = DoubleVector.fromArray(SPECIES, inverseOverP, reach + j);
      DoubleVector u = DoubleVector.fromArray(SPECIES, x, from + j);
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + j + reach);
      DoubleVector r = product(v, w, w.neg(), wOverP, minusP);
      u.add(r).intoArray(x, from + j);
      u.sub(r).intoArray(x, from + j + reach);
    }
  }

  /// The levels of `reach` and 2·reach.
  private void inverseTwoLevels(double[] x, int from, int reach) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    for (int start = from; start < from + degree; start += 4 * reach) {
      for (int j = 0; j < reach; j += LANES) {
        int at = start + j;
        DoubleVector w = DoubleVector.fromArray(SPECIES, inverse, reach + j);
        DoubleVector wOverP = DoubleVector.fromArray(SPECIES, inverseOverP, reach + j);
        DoubleVector minusW = w.neg();
        DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
        DoubleVector x2 = DoubleVector.fromArray(SPECIES, x, at + 2 * reach);
        DoubleVector r1 =
            product(DoubleVector.fromArray(SPECIES, x, at + reach), w, minusW, wOverP, minusP);
        DoubleVector r3 =
            product(DoubleVector.fromArray(SPECIES, x, at + 3 * reach), w, minusW, wOverP, minusP);
        DoubleVector y0 = x0.add(r1);
        DoubleVector y1 = x0.sub(r1);
        DoubleVector lower = DoubleVector.fromArray(SPECIES, inverse, 2 * reach + j);
        DoubleVector lowerOverP = DoubleVector.fromArray(SPECIES, inverseOverP, 2 * reach + j);
        DoubleVector s2 = product(x2.add(r3), lower, lower.neg(), lowerOverP, minusP);
        DoubleVector upper = DoubleVector.fromArray(SPECIES, inverse, 3 * reach + j);
        DoubleVector upperOverP = DoubleVector.fromArray(SPECIES, inverseOverP, 3 * reach + j);
        DoubleVector s3 = product(x2.sub(r3), upper, upper.neg(), upperOverP, minusP);
        y0.add(s2).intoArray(x, at);
        y1.add(s3).intoArray(x, at + reach);
        y0.sub(s2).intoArray(x, at + 2 * reach);
        y1.sub(s3).intoArray(x, at + 3 * reach);
      }
    }
  }

  private void twist(double[] x, int from) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, reciprocal);
    for (int i = 0; i < degree; i += LANES) {
      DoubleVector w = DoubleVector.fromArray(SPECIES, last, i);
      DoubleVector wOverP = DoubleVector.fromArray(SPECIES, lastOverP, i);
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
      DoubleVector r = product(v, w, w.neg(), wOverP, minusP);
      reduced(r, oneOverP, minusP).intoArray(x, from + i);
    }
  }

  @Override
  public void multiply(double[] a, int aFrom, double[] b, int bFrom, double[] product, int to) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, reciprocal);
    for (int i = 0; i < degree; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, aFrom + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bFrom + i);
      DoubleVector r = product(v, w, oneOverP, minusP);
      reduced(r, oneOverP, minusP).intoArray(product, to + i);
    }
  }

  @Override
  public void multiplyAdd(double[] a, int aFrom, double[] b, int bFrom, double[] sum, int to) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, reciprocal);
    for (int i = 0; i < degree; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, aFrom + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bFrom + i);
      DoubleVector s =
          DoubleVector.fromArray(SPECIES, sum, to + i).add(product(v, w, oneOverP, minusP));
      reduced(s, oneOverP, minusP).intoArray(sum, to + i);
    }
  }

  @Override
  public void addMultiply(
      double[] a, int aFrom, double[] b, int bFrom, double factor, double[] out, int to) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, -p);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, reciprocal);
    DoubleVector c = DoubleVector.broadcast(SPECIES, factor);
    for (int i = 0; i < degree; i += LANES) {
      DoubleVector v =
          DoubleVector.fromArray(SPECIES, a, aFrom + i)
              .add(DoubleVector.fromArray(SPECIES, b, bFrom + i));
      DoubleVector r = product(v, c, oneOverP, minusP);
      reduced(r, oneOverP, minusP).intoArray(out, to + i);
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
    for (int i = 0; i < PANEL; i += 2 * LANES) {
      sumProducts(x, xFrom + i, w, wFrom + i, count, first, second, to + i, -p, reciprocal);
    }
  }

  /// Two registers of either column. A product is at most (1/2 + 2^-4)·p < 2^49: 2^14 of them add
  /// up within a `long` unreduced. As `double`s they would be reduced every dozen, by a loop in a
  /// loop or a branch, and in either the compiler boxes the sums (5 times slower).
  private static void sumProducts(
      double[] x,
      int xAt,
      double[] w,
      int wAt,
      int count,
      double[] first,
      double[] second,
      int to,
      double minusPrime,
      double overPrime) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, minusPrime);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, overPrime);
    LongVector a0 = LongVector.broadcast(LONGS, -count * ROUNDER_BITS);
    LongVector a1 = a0;
    LongVector b0 = a0;
    LongVector b1 = a0;
    for (int k = 0; k < count; k++) {
      int at = xAt + 2 * k * PANEL;
      DoubleVector w0 = DoubleVector.fromArray(SPECIES, w, wAt + k * PANEL);
      DoubleVector w1 = DoubleVector.fromArray(SPECIES, w, wAt + k * PANEL + LANES);
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, at + LANES);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, x, at + PANEL);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, x, at + PANEL + LANES);
      a0 = a0.add(product(x0, w0, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
      a1 = a1.add(product(x1, w1, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
      b0 = b0.add(product(y0, w0, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
      b1 = b1.add(product(y1, w1, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
    }
    reduced(a0, oneOverP, minusP).intoArray(first, to);
    reduced(a1, oneOverP, minusP).intoArray(first, to + LANES);
    reduced(b0, oneOverP, minusP).intoArray(second, to);
    reduced(b1, oneOverP, minusP).intoArray(second, to + LANES);
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
    for (int i = 0; i < PANEL; i += 2 * LANES) {
      sumMultiples(x, xFrom + i, w, wFrom, count, first, second, to + i, -p, reciprocal);
    }
  }

  private static void sumMultiples(
      double[] x,
      int xAt,
      double[] w,
      int wAt,
      int count,
      double[] first,
      double[] second,
      int to,
      double minusPrime,
      double overPrime) {
    DoubleVector minusP = DoubleVector.broadcast(SPECIES, minusPrime);
    DoubleVector oneOverP = DoubleVector.broadcast(SPECIES, overPrime);
    LongVector a0 = LongVector.broadcast(LONGS, -count * ROUNDER_BITS);
    LongVector a1 = a0;
    LongVector b0 = a0;
    LongVector b1 = a0;
    for (int k = 0; k < count; k++) {
      int at = xAt + 2 * k * PANEL;
      DoubleVector w0 = DoubleVector.broadcast(SPECIES, w[wAt + k]);
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, at + LANES);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, x, at + PANEL);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, x, at + PANEL + LANES);
      a0 = a0.add(product(x0, w0, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
      a1 = a1.add(product(x1, w0, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
      b0 = b0.add(product(y0, w0, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
      b1 = b1.add(product(y1, w0, oneOverP, minusP).add(ROUNDER).reinterpretAsLongs());
    }
    reduced(a0, oneOverP, minusP).intoArray(first, to);
    reduced(a1, oneOverP, minusP).intoArray(first, to + LANES);
    reduced(b0, oneOverP, minusP).intoArray(second, to);
    reduced(b1, oneOverP, minusP).intoArray(second, to + LANES);
  }

  /// The same for 64 bits: the upper part times 2^24, and the lower part.
  private static DoubleVector reduced(LongVector v, DoubleVector oneOverP, DoubleVector minusP) {
    DoubleVector upper =
        v.lanewise(VectorOperators.ASHR, UPPER)
            .add(ROUNDER_BITS)
            .reinterpretAsDoubles()
            .sub(ROUNDER);
    DoubleVector lower =
        v.and((1L << UPPER) - 1).add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
    DoubleVector shifted =
        product(upper, DoubleVector.broadcast(SPECIES, 1L << UPPER), oneOverP, minusP);
    return reduced(shifted.add(lower), oneOverP, minusP);
  }

  /// v·w − q·p, q near v·w/p.
  private static DoubleVector product(
      DoubleVector v,
      DoubleVector w,
      DoubleVector minusW,
      DoubleVector wOverP,
      DoubleVector minusP) {
    DoubleVector h = v.mul(w);
    DoubleVector q = v.lanewise(VectorOperators.FMA, wOverP, ROUNDER).sub(ROUNDER);
    DoubleVector minusE = v.lanewise(VectorOperators.FMA, minusW, h);
    return q.lanewise(VectorOperators.FMA, minusP, h).sub(minusE);
  }

  /// The same with the quotient from the product, for |v·w| < 2^50·p.
  private static DoubleVector product(
      DoubleVector v, DoubleVector w, DoubleVector oneOverP, DoubleVector minusP) {
    DoubleVector h = v.mul(w);
    DoubleVector q = h.lanewise(VectorOperators.FMA, oneOverP, ROUNDER).sub(ROUNDER);
    DoubleVector minusE = v.lanewise(VectorOperators.FMA, w.neg(), h);
    return q.lanewise(VectorOperators.FMA, minusP, h).sub(minusE);
  }

  /// The integer of its class in −(p−1)/2 … (p−1)/2; adding 0 makes a negative zero positive.
  private static DoubleVector reduced(DoubleVector v, DoubleVector oneOverP, DoubleVector minusP) {
    DoubleVector q = v.lanewise(VectorOperators.FMA, oneOverP, ROUNDER).sub(ROUNDER);
    return q.lanewise(VectorOperators.FMA, minusP, v).add(0.0);
  }
}
