package org.blindread.mpc.tensor.kernel;

import java.util.ArrayList;
import java.util.List;

/// Arithmetic modulo a prime of at most 49 bits, on residues 0 … p−1 held in `long`s.
///
/// 49 bits, so that the vector form of [Ntt] may compute in `double`s: sums of all butterflies stay
/// below 2^52, see `VectorNtt`.
///
/// @param prime p, odd, 3 … 2^49
public record PrimeField(long prime) {
  /// Bits of the largest primes.
  public static final int MOST_BITS = 49;

  /// Decide primality for every number below 3.3·10^24 (Sorenson, Webster, 2017).
  private static final int[] WITNESSES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

  /// @throws IllegalArgumentException if the number is no prime or out of range
  public PrimeField {
    if (prime < 3 || prime >>> MOST_BITS != 0 || !isPrime(prime)) {
      throw new IllegalArgumentException(
          "a field needs an odd prime of at most %d bits, not %d".formatted(MOST_BITS, prime));
    }
  }

  /// The `count` largest primes below 2^bits that are 1 modulo `order`, largest first: the fields
  /// that have roots of unity of that order.
  ///
  /// @throws IllegalArgumentException if there are fewer
  public static List<PrimeField> withRoots(int bits, int order, int count) {
    List<PrimeField> fields = new ArrayList<>();
    long candidate = ((1L << bits) - 2) / order * order + 1;
    for (; fields.size() < count && candidate > order; candidate -= order) {
      if (isPrime(candidate)) {
        fields.add(new PrimeField(candidate));
      }
    }
    if (fields.size() < count) {
      throw new IllegalArgumentException(
          "fewer than %d primes of at most %d bits are 1 modulo %d".formatted(count, bits, order));
    }
    return List.copyOf(fields);
  }

  /// Miller and Rabin's test with fixed witnesses, exact for odd numbers below 2^50.
  static boolean isPrime(long n) {
    for (int witness : WITNESSES) {
      if (n % witness == 0) {
        return n == witness;
      }
    }
    int twos = Long.numberOfTrailingZeros(n - 1);
    for (int witness : WITNESSES) {
      long x = power(witness, (n - 1) >>> twos, n);
      boolean passes = x == 1 || x == n - 1;
      for (int i = 1; i < twos && !passes; i++) {
        x = product(x, x, n);
        passes = x == n - 1;
      }
      if (!passes) {
        return false;
      }
    }
    return n > 1;
  }

  /// a·b mod p.
  public long multiply(long a, long b) {
    return product(a, b, prime);
  }

  /// a·b mod n for 0 ≤ a, b < n < 2^50: the quotient from the floating-point product is wrong by 1
  /// at most, which the low words show.
  private static long product(long a, long b, long n) {
    long quotient = (long) ((double) a * b / n);
    long rest = a * b - quotient * n;
    return rest < 0 ? rest + n : rest >= n ? rest - n : rest;
  }

  /// a^exponent mod p, exponent ≥ 0.
  public long power(long a, long exponent) {
    return power(a, exponent, prime);
  }

  private static long power(long a, long exponent, long n) {
    long result = 1;
    long square = a;
    for (long e = exponent; e > 0; e >>>= 1) {
      if ((e & 1) == 1) {
        result = product(result, square, n);
      }
      square = product(square, square, n);
    }
    return result;
  }

  /// 1/a mod p, a ≠ 0.
  public long inverse(long a) {
    return power(a, prime - 2);
  }

  /// a + b mod p.
  public long add(long a, long b) {
    long sum = a + b;
    return sum >= prime ? sum - prime : sum;
  }

  /// a − b mod p.
  public long subtract(long a, long b) {
    long difference = a - b;
    return difference < 0 ? difference + prime : difference;
  }

  /// The residue of any signed word.
  public long residue(long word) {
    return Math.floorMod(word, prime);
  }

  /// The residue as the one integer of its class in −(p−1)/2 … (p−1)/2.
  public long centred(long residue) {
    return residue > prime >>> 1 ? residue - prime : residue;
  }

  /// Residues 0 … p−1 as the integers −(p−1)/2 … (p−1)/2 of their classes, into `out[from …]`.
  public void centre(long[] residues, double[] out, int from) {
    long half = prime >>> 1;
    for (int i = 0; i < residues.length; i++) {
      // All ones where the residue is above the half.
      long above = (half - residues[i]) >> 63;
      out[from + i] = (double) (residues[i] - (above & prime));
    }
  }

  /// A root of unity of the given order, the same on every call.
  ///
  /// @param order a power of two that divides p − 1
  /// @throws IllegalArgumentException if there is none
  public long root(int order) {
    if (Integer.bitCount(order) != 1 || (prime - 1) % order != 0) {
      throw new IllegalArgumentException(
          "%d is not 1 modulo the power of two %d".formatted(prime, order));
    }
    for (long a = 2; ; a++) {
      long root = power(a, (prime - 1) / order);
      if (power(root, order / 2) == prime - 1) {
        return root;
      }
    }
  }

  /// Multiplication by one constant of the field, after Shoup: any unsigned word v gives v·c mod p
  /// with two products of words.
  ///
  /// @param field the field
  /// @param factor c, 0 … p−1
  /// @param quotient ⌊c·2^64 / p⌋
  public record Factor(PrimeField field, long factor, long quotient) {
    /// Multiplication by c.
    public static Factor of(PrimeField field, long factor) {
      return new Factor(field, factor, quotient(factor, field.prime));
    }

    /// ⌊c·2^64 / p⌋ by long division, 8 bits a step.
    private static long quotient(long c, long p) {
      long quotient = 0;
      long rest = c;
      for (int step = 0; step < 8; step++) {
        rest <<= 8;
        quotient = quotient << 8 | rest / p;
        rest %= p;
      }
      return quotient;
    }

    /// v·c mod p for an unsigned word v.
    public long times(long v) {
      long rest = v * factor - Math.unsignedMultiplyHigh(v, quotient) * field.prime;
      return rest >= field.prime ? rest - field.prime : rest;
    }

    /// v·c mod p for a signed word v.
    public long timesSigned(long v) {
      long magnitude = times(Math.abs(v));
      return v < 0 && magnitude != 0 ? field.prime - magnitude : magnitude;
    }
  }
}
