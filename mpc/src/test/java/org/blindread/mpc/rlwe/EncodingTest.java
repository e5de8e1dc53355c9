package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
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
    long[] messages = random.longs(modulus.degree()).toArray();
    messages[0] = 0;
    messages[1] = -1;
    messages[2] = 1L << (bits - 1);
    double[] element = encoding.encode(messages);
    for (int n = 0; n < messages.length; n++) {
      BigInteger m = BigInteger.valueOf(messages[n]).mod(power);
      BigInteger twice = modulus.value().multiply(m).shiftLeft(1).add(power);
      BigInteger nearest = twice.shiftRight(bits + 1);
      for (int i = 0; i < modulus.primes(); i++) {
        assertEquals(
            residue(modulus, i, nearest),
            element[i * modulus.degree() + n],
            "message " + messages[n]);
      }
    }
  }

  /// The integer that stands for a number in field i.
  private static double residue(Modulus modulus, int i, BigInteger number) {
    BigInteger p = BigInteger.valueOf(modulus.field(i).prime());
    return modulus.field(i).centred(number.mod(p).longValueExact());
  }

  @ParameterizedTest
  @EnumSource
  void residuesRecombineToTheCentredInteger(ParameterSet set) {
    Modulus modulus = set.modulus();
    BigInteger q = modulus.value();
    SplittableRandom random = new SplittableRandom(7);
    int count = 500;
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
          element[i * modulus.degree() + 3 * n + 1] = residue(modulus, i, values[n]);
        }
      }
      Wide wide = new Recombination(modulus, shift, 128).combine(element);
      Wide low = new Recombination(modulus, shift, 64).combine(element);
      for (int n = 0; n < count; n++) {
        BigInteger scaled = values[n].shiftLeft(shift).mod(q);
        BigInteger centred = scaled.compareTo(q.shiftRight(1)) > 0 ? scaled.subtract(q) : scaled;
        assertEquals(centred.mod(WORDS), unsigned(wide, 3 * n + 1), "value " + values[n]);
        assertEquals(centred.longValue(), low.low()[3 * n + 1], "value " + values[n]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void wideNumbersTimesAConstantReduceToTheirResidues(ParameterSet set) {
    Modulus modulus = set.modulus();
    SplittableRandom random = new SplittableRandom(8);
    BigInteger factor = BigInteger.valueOf(random.nextLong());
    for (int bits : new int[] {1, 17, 49, 50, 51, 63, 64, 65, 96, 114, 115, 127, 128}) {
      long[] low = random.longs(modulus.degree()).toArray();
      long[] high = random.longs(modulus.degree()).toArray();
      low[0] = 0;
      high[0] = 0;
      low[1] = -1;
      high[1] = -1;
      low[2] = -1;
      high[2] = Long.MAX_VALUE;
      low[3] = 0;
      high[3] = Long.MIN_VALUE;
      BigInteger[] numbers = new BigInteger[low.length];
      for (int n = 0; n < low.length; n++) {
        // The topmost bits of two words, shifted down: signed, of so many bits.
        numbers[n] = signed(high[n], low[n]).shiftRight(128 - bits);
        low[n] = numbers[n].longValue();
        high[n] = numbers[n].shiftRight(64).longValue();
      }
      double[] element = new WideReduction(modulus, bits, factor).element(low, high);
      for (int n = 0; n < low.length; n++) {
        for (int i = 0; i < modulus.primes(); i++) {
          assertEquals(
              residue(modulus, i, numbers[n].multiply(factor)),
              element[i * modulus.degree() + n],
              bits + " bits, number " + numbers[n]);
        }
      }
    }
  }

  private static BigInteger signed(long high, long low) {
    return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
  }

  /// Step 4 of [Reply]: ⌊2^T·c/q⌉ modulo 2^T, to the nearest and not one beside.
  @ParameterizedTest
  @CsvSource({"N4096_Q98,37", "N4096_Q108,44", "N8192_Q147,64"})
  void theSwitchRoundsToTheNearest(ParameterSet set, int bits) {
    Parameters parameters = new Parameters(set, bits);
    Modulus modulus = parameters.modulus();
    BigInteger q = modulus.value();
    int t = parameters.replyBits();
    double[] element = new double[modulus.length()];
    new Sampler(Shapes.stream(3)).uniform(modulus, element);
    Wide values = new Recombination(modulus, 0, 128).combine(element);
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
