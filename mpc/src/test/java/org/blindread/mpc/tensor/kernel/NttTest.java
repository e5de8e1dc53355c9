package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NttTest {
  /// (1 + 2X)·(3 + X^15) = 3 + 6X + X^15 + 2X^16 = 1 + 6X + X^15 mod X^16 + 1.
  @Test
  void aProductByHand() {
    Ntt ntt = Ntt.of(new PrimeField(97), 16);
    double[] a = new double[16];
    double[] b = new double[16];
    a[0] = 1;
    a[1] = 2;
    b[0] = 3;
    b[15] = 1;
    ntt.forward(a, 0);
    ntt.forward(b, 0);
    ntt.multiply(a, 0, b, 0, a, 0);
    ntt.inverse(a, 0);
    double[] expected = new double[16];
    expected[0] = 1;
    expected[1] = 6;
    expected[15] = 1;
    assertArrayEquals(expected, a);
  }

  @ParameterizedTest
  @CsvSource({"20,16", "49,32", "36,64", "49,128", "36,4096", "49,4096", "49,8192"})
  void bothFormsMultiplyPolynomialsAndGiveTheSameSlots(int bits, int degree) {
    for (int seed = 0; seed < 3; seed++) {
      check(bits, degree, seed);
    }
  }

  /// Runs in processes with narrower registers as well, see [RegisterWidthTest].
  static void check(int bits, int degree, int seed) {
    PrimeField field = PrimeField.withRoots(bits, 2 * degree, seed + 1).getLast();
    NttRoot root = NttRoot.of(field, degree);
    NttLoops scalar = new ScalarNtt(root);
    NttLoops vector = new VectorNtt(root);
    SplittableRandom random = new SplittableRandom(seed);
    String place = "p = %d, N = %d, seed %d".formatted(field.prime(), degree, seed);
    double[][] inputs = {
      random(field, degree, random),
      random(field, degree, random),
      filled(degree, field.prime() / 2),
      filled(degree, -(field.prime() / 2)),
      alternating(field, degree),
      filled(degree, 0)
    };
    for (int k = 0; k < inputs.length; k++) {
      double[] a = inputs[k];
      double[] b = inputs[(k + 1) % inputs.length];
      double[] sumStart = random(field, degree, random);
      double[] slotsA = forward(scalar, a, degree);
      double[] slotsB = forward(scalar, b, degree);
      assertArrayEquals(slotsA, forward(vector, a, degree), place);
      double[] product = new double[degree];
      double[] other = new double[degree];
      scalar.multiply(slotsA, 0, slotsB, 0, product, 0);
      vector.multiply(slotsA, 0, slotsB, 0, other, 0);
      assertArrayEquals(product, other, place);
      double[] sum = sumStart.clone();
      double[] otherSum = sumStart.clone();
      scalar.multiplyAdd(slotsA, 0, slotsB, 0, sum, 0);
      vector.multiplyAdd(slotsA, 0, slotsB, 0, otherSum, 0);
      assertArrayEquals(sum, otherSum, place);
      scalar.addMultiply(a, 0, sumStart, 0, b[1], sum, 0);
      vector.addMultiply(a, 0, sumStart, 0, b[1], otherSum, 0);
      assertArrayEquals(sum, otherSum, place);
      for (int c : coefficients(degree, random)) {
        assertEquals(scaled(a[c] + sumStart[c], b[1], field), (long) sum[c], place);
      }
      scalar.inverse(product, 0);
      vector.inverse(other, 0);
      assertArrayEquals(product, other, place);
      for (int c : coefficients(degree, random)) {
        assertEquals(coefficient(a, b, c, field), (long) product[c], place + ", X^" + c);
      }
      // Extremes in slots drive the sums of the way back.
      double[] slots = a.clone();
      double[] otherSlots = a.clone();
      scalar.inverse(slots, 0);
      vector.inverse(otherSlots, 0);
      assertArrayEquals(slots, otherSlots, place);
    }
  }

  @ParameterizedTest
  @CsvSource({"20,0", "36,1", "49,1", "49,12", "49,13", "49,207", "49,16384"})
  void bothFormsSumProductsAlike(int bits, int count) {
    for (int seed = 0; seed < 3; seed++) {
      checkSums(bits, count, seed);
    }
  }

  /// Random elements, and the extremes that drive unreduced sums furthest.
  static void checkSums(int bits, int count, int seed) {
    int panel = Ntt.PANEL;
    PrimeField field = PrimeField.withRoots(bits, 32, seed + 1).getLast();
    NttRoot root = NttRoot.of(field, 16);
    SplittableRandom random = new SplittableRandom(seed);
    double[] x =
        seed == 0
            ? filled(2 * panel * count + 1, field.prime() / 2)
            : random(field, 2 * panel * count + 1, random);
    double[] w =
        seed < 2
            ? filled(panel * count + 2, field.prime() / 2)
            : random(field, panel * count + 2, random);
    String place = "p = %d, %d terms, seed %d".formatted(field.prime(), count, seed);
    double[][][] sums = new double[2][4][panel + 3];
    NttLoops[] forms = {new ScalarNtt(root), new VectorNtt(root)};
    for (int f = 0; f < forms.length; f++) {
      forms[f].sumProducts(x, 1, w, 2, count, sums[f][0], sums[f][1], 3);
      forms[f].sumMultiples(x, 1, w, 2, count, sums[f][2], sums[f][3], 3);
    }
    for (int i = 0; i < panel; i++) {
      BigInteger[] expected = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
      for (int k = 0; k < count; k++) {
        for (int column = 0; column < 2; column++) {
          BigInteger v = BigInteger.valueOf((long) x[1 + (2 * k + column) * panel + i]);
          BigInteger own = BigInteger.valueOf((long) w[2 + k * panel + i]);
          BigInteger shared = BigInteger.valueOf((long) w[2 + k]);
          expected[column] = expected[column].add(v.multiply(own));
          expected[2 + column] = expected[2 + column].add(v.multiply(shared));
        }
      }
      for (int s = 0; s < expected.length; s++) {
        long residue = expected[s].mod(BigInteger.valueOf(field.prime())).longValueExact();
        assertEquals(field.centred(residue), (long) sums[0][s][3 + i], place);
        assertEquals(sums[0][s][3 + i], sums[1][s][3 + i], place);
      }
    }
  }

  private static double[] forward(NttLoops loops, double[] a, int degree) {
    double[] place = new double[degree + 3];
    System.arraycopy(a, 0, place, 3, degree);
    loops.forward(place, 3);
    return Arrays.copyOfRange(place, 3, degree + 3);
  }

  private static int[] coefficients(int degree, SplittableRandom random) {
    return degree <= 64
        ? random.ints(0, degree).distinct().limit(degree).toArray()
        : new int[] {0, 1, degree - 1, random.nextInt(degree), random.nextInt(degree)};
  }

  /// The definition: Σ_{i+j=c} a_i·b_j − Σ_{i+j=c+N} a_i·b_j.
  private static long coefficient(double[] a, double[] b, int c, PrimeField field) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < a.length; i++) {
      int j = Math.floorMod(c - i, a.length);
      BigInteger term = BigInteger.valueOf((long) a[i]).multiply(BigInteger.valueOf((long) b[j]));
      sum = i <= c ? sum.add(term) : sum.subtract(term);
    }
    BigInteger p = BigInteger.valueOf(field.prime());
    BigInteger residue = sum.mod(p);
    return residue.compareTo(p.shiftRight(1)) > 0
        ? residue.subtract(p).longValueExact()
        : residue.longValueExact();
  }

  private static long scaled(double a, double factor, PrimeField field) {
    BigInteger product = BigInteger.valueOf((long) a).multiply(BigInteger.valueOf((long) factor));
    return field.centred(product.mod(BigInteger.valueOf(field.prime())).longValueExact());
  }

  private static double[] random(PrimeField field, int degree, SplittableRandom random) {
    return random.longs(degree, 0, field.prime()).mapToDouble(field::centred).toArray();
  }

  private static double[] filled(int degree, long value) {
    double[] filled = new double[degree];
    Arrays.fill(filled, (double) value);
    return filled;
  }

  private static double[] alternating(PrimeField field, int degree) {
    double[] values = filled(degree, field.prime() / 2);
    for (int i = 1; i < degree; i += 2) {
      values[i] = -values[i];
    }
    return values;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    PrimeField field = new PrimeField(97);
    assertThrows(IllegalArgumentException.class, () -> Ntt.of(field, 24));
    assertThrows(IllegalArgumentException.class, () -> Ntt.of(field, 8));
    assertThrows(IllegalArgumentException.class, () -> Ntt.of(field, 64));
    Ntt ntt = Ntt.of(field, 16);
    assertThrows(IndexOutOfBoundsException.class, () -> ntt.forward(new double[16], 1));
    assertThrows(IndexOutOfBoundsException.class, () -> ntt.inverse(new double[15], 0));
    double[] panel = new double[Ntt.PANEL];
    double[] two = new double[2 * Ntt.PANEL];
    ntt.sumProducts(two, 0, panel, 0, 1, panel, panel, 0);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> ntt.sumProducts(two, 1, panel, 0, 1, panel, panel, 0));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> ntt.sumProducts(two, 0, panel, 1, 1, panel, panel, 0));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> ntt.sumMultiples(two, 0, panel, 16, 1, panel, panel, 0));
    int many = Ntt.MOST_TERMS + 1;
    double[] long0 = new double[2 * Ntt.PANEL * many];
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> ntt.sumMultiples(long0, 0, long0, 0, many, panel, panel, 0));
  }
}
