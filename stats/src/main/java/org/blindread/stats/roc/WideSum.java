package org.blindread.stats.roc;

import java.math.BigInteger;

/// A sum of products of 64-bit integers, exact in 128 bits.
final class WideSum {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

  private long high;
  private long low;

  void addProduct(long a, long b) {
    long product = a * b;
    low += product;
    high += Math.multiplyHigh(a, b) + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
  }

  BigInteger toBigInteger() {
    BigInteger lower = BigInteger.valueOf(low);
    return BigInteger.valueOf(high).shiftLeft(64).add(low < 0 ? lower.add(TWO_64) : lower);
  }

  /// The nearest double.
  double toDouble() {
    return toBigInteger().doubleValue();
  }
}
