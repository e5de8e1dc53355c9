package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Encoding, recombination and reduction against whole numbers of any size.
final class EncodingTest {
  private static final BigInteger WORDS = BigInteger.ONE.shiftLeft(128);

  @ParameterizedTest
  @CsvSource({
    "N4096_Q98,16", "N4096_Q98,32", "N4096_Q98,37", "N4096_Q98,64",
    "N4096_Q108,35", "N4096_Q108,44", "N8192_Q147,64", "N8192_Q147,37"
  })
  void aMessageBecomesTheNearestMultipleOfQOver2ToL(ParameterSet set, int bits) {
    Parameters parameters = new Parameters(set, bits);
    Modulus modulus = parameters.modulus();
    MessageEncoding encoding = new MessageEncoding(parameters);
    SplittableRandom random = new SplittableRandom(bits);
    BigInteger power = BigInteger.ONE.shiftLeft(bits);
    for (int n = 0; n < 1000; n++) {
      long message = n == 0 ? 0 : n == 1 ? -1 : n == 2 ? 1L << (bits - 1) : random.nextLong();
      BigInteger m = BigInteger.valueOf(message).mod(power);
      BigInteger twice = modulus.value().multiply(m).shiftLeft(1).add(power);
      BigInteger nearest = twice.shiftRight(bits + 1);
      for (int i = 0; i < modulus.primes(); i++) {
        BigInteger p = BigInteger.valueOf(modulus.field(i).prime());
        long residue = Math.floorMod((long) encoding.residue(i, message), p.longValueExact());
        assertEquals(nearest.mod(p).longValueExact(), residue, "message " + message);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void residuesRecombineToTheCentredInteger(ParameterSet set) {
    Modulus modulus = set.modulus();
    BigInteger q = modulus.value();
    SplittableRandom random = new SplittableRandom(7);
    int count = 500;
    int[] positions = IntStream.range(0, count).map(n -> 3 * n + 1).toArray();
    for (int shift : new int[] {0, 42, 74}) {
      double[] element = new double[modulus.length()];
      BigInteger[] values = new BigInteger[count];
      for (int n = 0; n < count; n++) {
        BigInteger half = q.shiftRight(1);
        values[n] =
            switch (n) {
              case 0 -> BigInteger.ZERO;
              case 1 -> half;
              case 2 -> half.negate();
              case 3 -> BigInteger.ONE.negate();
              default -> new BigInteger(160, new java.util.Random(random.nextLong())).mod(q);
            };
        for (int i = 0; i < modulus.primes(); i++) {
          long p = modulus.field(i).prime();
          element[i * modulus.degree() + positions[n]] =
              modulus.field(i).centred(values[n].mod(BigInteger.valueOf(p)).longValueExact());
        }
      }
      Wide wide = new Recombination(modulus, shift).combine(element, positions);
      for (int n = 0; n < count; n++) {
        BigInteger scaled = values[n].shiftLeft(shift).mod(q);
        BigInteger centred = scaled.compareTo(q.shiftRight(1)) > 0 ? scaled.subtract(q) : scaled;
        assertEquals(centred.mod(WORDS), unsigned(wide, n), "value " + values[n]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void wideNumbersReduceToTheirResidues(ParameterSet set) {
    Modulus modulus = set.modulus();
    WideReduction reduction = new WideReduction(modulus);
    SplittableRandom random = new SplittableRandom(8);
    long[] low = random.longs(100).toArray();
    long[] high = random.longs(100).map(x -> x >> 10).toArray();
    low[0] = -1;
    high[0] = -1;
    Wide numbers = new Wide(low, high);
    for (int n = 0; n < low.length; n++) {
      BigInteger signed =
          BigInteger.valueOf(high[n])
              .shiftLeft(64)
              .add(new BigInteger(Long.toUnsignedString(low[n])));
      for (int i = 0; i < modulus.primes(); i++) {
        long p = modulus.field(i).prime();
        assertEquals(
            signed.mod(BigInteger.valueOf(p)).longValueExact(),
            Math.floorMod((long) reduction.residue(numbers, n, i), p));
      }
    }
  }

  /// Step 4 of [Reply]: ⌊2^T·c/q⌉ modulo 2^T, to the nearest and not one beside.
  @ParameterizedTest
  @CsvSource({"N4096_Q98,37", "N4096_Q108,44", "N8192_Q147,64"})
  void theSwitchRoundsToTheNearest(ParameterSet set, int bits) {
    Parameters parameters = new Parameters(set, bits);
    Modulus modulus = parameters.modulus();
    BigInteger q = modulus.value();
    int t = parameters.replyBits();
    double[] element = new Sampler(Shapes.stream(3)).uniform(modulus);
    int[] everywhere = IntStream.range(0, modulus.degree()).toArray();
    Wide values = new Recombination(modulus, 0).combine(element, everywhere);
    Wide switched =
        new Reply(parameters).second(new Ciphertext(new double[modulus.length()], element));
    for (int n = 0; n < modulus.degree(); n++) {
      BigInteger unsigned = unsigned(values, n);
      BigInteger value = unsigned.testBit(127) ? unsigned.subtract(WORDS) : unsigned;
      if (set.modulusBits() > 127) {
        value = value(modulus, element, n);
      }
      BigInteger nearest = value.shiftLeft(t + 1).add(q).divide(q.shiftLeft(1));
      if (value.shiftLeft(t + 1).add(q).signum() < 0) {
        nearest = nearest.subtract(BigInteger.ONE);
      }
      assertEquals(nearest.mod(BigInteger.ONE.shiftLeft(t)), unsigned(switched, n));
    }
  }

  private static BigInteger value(Modulus modulus, double[] element, int n) {
    BigInteger q = modulus.value();
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < modulus.primes(); i++) {
      BigInteger p = BigInteger.valueOf(modulus.field(i).prime());
      BigInteger others = q.divide(p);
      BigInteger residue = BigInteger.valueOf((long) element[i * modulus.degree() + n]);
      sum = sum.add(others.multiply(others.modInverse(p)).multiply(residue));
    }
    return sum.mod(q);
  }

  private static BigInteger unsigned(Wide numbers, int n) {
    return new BigInteger(Long.toUnsignedString(numbers.high()[n]))
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(numbers.low()[n])));
  }
}
