package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is drawn has the distribution that the bounds assume.
final class NoiseTest {
  @Test
  void errorsAreCentredBinomial() {
    int count = 1 << 20;
    double[] errors = new Sampler(Shapes.stream(1)).errors(count);
    int[] counts = new int[2 * Sampler.LARGEST_ERROR + 1];
    double sum = 0;
    double squares = 0;
    for (double error : errors) {
      counts[(int) error + Sampler.LARGEST_ERROR]++;
      sum += error;
      squares += error * error;
    }
    // Five standard deviations: of the mean √(10.5/n), of the variance about √2·10.5/√n.
    assertEquals(0, sum / count, 5 * Math.sqrt(10.5 / count));
    assertEquals(10.5, squares / count, 5 * 10.5 * Math.sqrt(2.0 / count));
    // P(e) = C(42, 21 + e) / 2^42.
    BigInteger ways = BigInteger.ONE;
    for (int k = 0; k <= 42; k++) {
      double p = ways.doubleValue() / (1L << 42);
      assertEquals(count * p, counts[k], 1 + 5 * Math.sqrt(count * p), "error " + (k - 21));
      ways = ways.multiply(BigInteger.valueOf(42 - k)).divide(BigInteger.valueOf(k + 1));
    }
  }

  @Test
  void secretsAreTernary() {
    int count = 3 << 18;
    int[] counts = new int[3];
    for (double s : new Sampler(Shapes.stream(2)).ternary(count)) {
      counts[(int) s + 1]++;
    }
    for (int n : counts) {
      assertEquals(count / 3.0, n, 5 * Math.sqrt(count * 2 / 9.0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void uniformElementsFillEveryPrime(ParameterSet set) {
    Modulus modulus = set.modulus();
    double[] element = new double[modulus.length()];
    new Sampler(Shapes.stream(4)).uniform(modulus, element);
    for (int i = 0; i < modulus.primes(); i++) {
      double p = modulus.field(i).prime();
      double squares = 0;
      for (int j = 0; j < modulus.degree(); j++) {
        double x = element[i * modulus.degree() + j] / p;
        assertTrue(Math.abs(x) < 0.5);
        squares += x * x;
      }
      // Variance 1/12, whose estimate has the standard deviation √(1/180/N).
      assertEquals(1.0 / 12, squares / modulus.degree(), 5 / Math.sqrt(180.0 * modulus.degree()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "N4096_Q98,37",
    "N4096_Q98,32",
    "N4096_Q98,31",
    "N4096_Q98,30",
    "N4096_Q108,16",
    "N8192_Q147,64",
    "N8192_Q147,16"
  })
  void floodingIsASumOfFourUniformIntegers(ParameterSet set, int bits) {
    Parameters parameters = new Parameters(set, bits);
    int count = 1 << 16;
    Wide noise =
        new FloodingNoise(parameters)
            .draw(IntStream.range(0, count).toArray(), count, new Sampler(Shapes.stream(5)));
    double width = Math.scalb(1.0, parameters.floodBits());
    double sum = 0;
    double squares = 0;
    int odd = 0;
    for (int n = 0; n < count; n++) {
      double low = new BigInteger(Long.toUnsignedString(noise.low()[n])).doubleValue();
      double x = (noise.high()[n] * 0x1p64 + low) / width;
      assertTrue(Math.abs(x) <= 2, "beyond 2W: " + x);
      sum += x;
      squares += x * x;
      odd += (int) (noise.low()[n] & 1);
    }
    // Variance 4/12; its estimate has a relative deviation below √(2/n).
    assertEquals(0, sum / count, 5 * Math.sqrt(1.0 / 3 / count));
    assertEquals(1.0 / 3, squares / count, 5.0 / 3 * Math.sqrt(2.0 / count));
    assertEquals(count / 2.0, odd, 5 * Math.sqrt(count / 4.0), "the lowest bit");
  }
}
