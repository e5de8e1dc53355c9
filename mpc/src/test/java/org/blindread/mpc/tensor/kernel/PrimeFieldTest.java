package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrimeFieldTest {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  @ParameterizedTest
  @CsvSource({"49,8192,2", "36,8192,3", "49,16384,3", "20,32,5"})
  void theFieldsAreTheLargestPrimesWithRoots(int bits, int order, int count) {
    List<PrimeField> fields = PrimeField.withRoots(bits, order, count);
    assertEquals(count, fields.size());
    int found = 0;
    for (long n = (1L << bits) - 1; found < count; n--) {
      if (n % order == 1 && BigInteger.valueOf(n).isProbablePrime(100)) {
        assertEquals(n, fields.get(found++).prime());
      }
    }
  }

  @Test
  void primalityAgreesWithTheJdk() {
    SplittableRandom random = new SplittableRandom(1);
    for (long n = 0; n < 2000; n++) {
      assertEquals(BigInteger.valueOf(n).isProbablePrime(100), PrimeField.isPrime(n), "n = " + n);
    }
    for (int i = 0; i < 2000; i++) {
      long n = random.nextLong(1L << 49);
      assertEquals(BigInteger.valueOf(n).isProbablePrime(100), PrimeField.isPrime(n), "n = " + n);
    }
  }

  /// Pseudoprimes to the bases 2, 3, 5, 7 (OEIS A074773) and Carmichael numbers.
  @ParameterizedTest
  @ValueSource(longs = {3215031751L, 118670087467L, 307768373641L, 561, 341550071728321L, 1})
  void pseudoprimesAreRefused(long n) {
    assertThrows(IllegalArgumentException.class, () -> new PrimeField(n));
  }

  @ParameterizedTest
  @ValueSource(longs = {17, 114689, 68719403009L, 562949953216513L})
  void arithmeticAgreesWithBigInteger(long candidate) {
    long p = BigInteger.valueOf(candidate).isProbablePrime(50) ? candidate : biggest();
    PrimeField field = new PrimeField(p);
    BigInteger modulus = BigInteger.valueOf(p);
    SplittableRandom random = new SplittableRandom(p);
    for (int i = 0; i < 2000; i++) {
      long a = i == 0 ? p - 1 : random.nextLong(p);
      long b = i < 2 ? p - 1 : random.nextLong(p);
      BigInteger wideA = BigInteger.valueOf(a);
      BigInteger wideB = BigInteger.valueOf(b);
      assertEquals(wideA.multiply(wideB).mod(modulus).longValueExact(), field.multiply(a, b));
      assertEquals(wideA.add(wideB).mod(modulus).longValueExact(), field.add(a, b));
      assertEquals(wideA.subtract(wideB).mod(modulus).longValueExact(), field.subtract(a, b));
      if (a != 0) {
        assertEquals(wideA.modInverse(modulus).longValueExact(), field.inverse(a));
      }
      PrimeField.Factor factor = PrimeField.Factor.of(field, a);
      assertEquals(wideA.multiply(WORD).divide(modulus).longValue(), factor.quotient());
      long word = i == 3 ? -1 : i == 4 ? Long.MIN_VALUE : random.nextLong();
      BigInteger unsigned = BigInteger.valueOf(word).mod(WORD);
      assertEquals(unsigned.multiply(wideA).mod(modulus).longValueExact(), factor.times(word));
      assertEquals(
          BigInteger.valueOf(word).multiply(wideA).mod(modulus).longValueExact(),
          factor.timesSigned(word));
      assertEquals(BigInteger.valueOf(word).mod(modulus).longValueExact(), field.residue(word));
    }
  }

  private static long biggest() {
    return PrimeField.withRoots(49, 8192, 1).getFirst().prime();
  }

  @Test
  void rootsHaveTheirOrder() {
    for (PrimeField field : PrimeField.withRoots(49, 16384, 3)) {
      BigInteger p = BigInteger.valueOf(field.prime());
      BigInteger root = BigInteger.valueOf(field.root(16384));
      assertEquals(p.subtract(BigInteger.ONE), root.modPow(BigInteger.valueOf(8192), p));
    }
    assertThrows(IllegalArgumentException.class, () -> new PrimeField(19).root(4));
  }
}
