package org.blindread.mpc.rlwe;

import java.util.Arrays;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.tensor.kernel.PrimeField;

/// The distributions of the scheme, drawn from one stream. The secret ones take no branch and no
/// time that depends on what is drawn.
final class Sampler {
  /// Coins on either side of the centred binomial error, as in Microsoft SEAL.
  private static final int COINS = 21;

  /// Variance of an error, so its standard deviation is 3.24.
  static final double ERROR_VARIANCE = COINS / 2.0;

  static final int LARGEST_ERROR = COINS;

  private static final long COIN_MASK = (1L << COINS) - 1;

  private final Prg prg;

  Sampler(Prg prg) {
    this.prg = prg;
  }

  /// Errors: heads among 21 coins less heads among 21 others.
  double[] errors(int count) {
    long[] words = drawn(count);
    double[] errors = Scratch.ofThread().doubles(count);
    for (int i = 0; i < count; i++) {
      errors[i] =
          Long.bitCount(words[i] & COIN_MASK) - Long.bitCount((words[i] >>> COINS) & COIN_MASK);
    }
    return errors;
  }

  /// −1, 0 or 1, alike to within 2^-62.
  double[] ternary(int count) {
    long[] words = drawn(count);
    double[] secrets = Scratch.ofThread().doubles(count);
    for (int i = 0; i < count; i++) {
      secrets[i] = Math.unsignedMultiplyHigh(words[i], 3) - 1;
    }
    return secrets;
  }

  /// Uniform words.
  long[] words(int count) {
    return prg.words(count);
  }

  /// The first `count` words of an array become uniform.
  void fill(long[] words, int count) {
    prg.fill(words, 0, count);
  }

  private long[] drawn(int count) {
    long[] words = Scratch.ofThread().longs(count);
    prg.fill(words, 0, count);
    return words;
  }

  /// A fresh seed.
  Seed seed() {
    long[] words = prg.words(Seed.BYTES / Long.BYTES);
    byte[] bytes = new byte[Seed.BYTES];
    for (int i = 0; i < Seed.BYTES; i++) {
      bytes[i] = (byte) (words[i / Long.BYTES] >>> (Byte.SIZE * (i % Long.BYTES)));
    }
    return Seed.received(bytes);
  }

  /// Fresh seeds, one for each piece of a message, so that what is drawn for it depends on no
  /// thread.
  Seed[] seeds(int count) {
    Seed[] seeds = new Seed[count];
    Arrays.setAll(seeds, n -> seed());
    return seeds;
  }

  /// A uniform element of R_q, in slots; every holder of the stream draws the same. Words beyond a
  /// prime are drawn again, one by one.
  ///
  /// @param element becomes it
  void uniform(Modulus modulus, double[] element) {
    int degree = modulus.degree();
    for (int i = 0; i < modulus.primes(); i++) {
      PrimeField field = modulus.field(i);
      long mask = (1L << modulus.primeBits()) - 1;
      long[] words = drawn(degree);
      long signs = 0;
      for (int j = 0; j < degree; j++) {
        words[j] &= mask;
        signs |= field.prime() - 1 - words[j];
      }
      for (int j = 0; j < degree && signs < 0; j++) {
        while (words[j] >= field.prime()) {
          words[j] = prg.words(1)[0] & mask;
        }
      }
      field.centre(words, element, i * degree);
    }
  }

  @Override
  public String toString() {
    return "Sampler[hidden]";
  }
}
