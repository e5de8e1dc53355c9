package org.blindread.mpc.rlwe;

import java.math.BigInteger;
import org.blindread.mpc.net.ProtocolException;

/// Integers modulo 2^128, two words each.
///
/// @param low low words
/// @param high high words, as many
record Wide(long[] low, long[] high) {
  static Wide zeros(int count) {
    return new Wide(new long[count], new long[count]);
  }

  /// Zeros of this thread's [Scratch].
  static Wide scratch(int count) {
    Scratch scratch = Scratch.ofThread();
    return new Wide(scratch.zeroLongs(count), scratch.zeroLongs(count));
  }

  /// Bytes that so many numbers of a width take: the low words' bits, then the high words'.
  static int bytes(int count, int bits) {
    return BitPacking.bytes(count, Math.min(bits, Long.SIZE))
        + BitPacking.bytes(count, Math.max(0, bits - Long.SIZE));
  }

  /// Writes the low `bits` bits, the others being zero.
  ///
  /// @return where the next byte goes
  int write(int bits, byte[] message, int at) {
    int next = BitPacking.pack(low, Math.min(bits, Long.SIZE), message, at);
    return bits > Long.SIZE ? BitPacking.pack(high, bits - Long.SIZE, message, next) : next;
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws ProtocolException if bits that carry nothing are set
  static Wide read(int count, int bits, byte[] message, int at) throws ProtocolException {
    Wide numbers = scratch(count);
    int lowBits = Math.min(bits, Long.SIZE);
    boolean clean = BitPacking.unpack(message, at, lowBits, numbers.low);
    if (bits > Long.SIZE) {
      int next = at + BitPacking.bytes(count, lowBits);
      clean &= BitPacking.unpack(message, next, bits - Long.SIZE, numbers.high);
    }
    if (!clean) {
      throw new ProtocolException("bits behind the last coefficient of an answer are not zero");
    }
    return numbers;
  }

  int count() {
    return low.length;
  }

  /// Puts the numbers at some positions of an element to the places of as many outputs, while this
  /// is under construction.
  void put(Wide numbers, Packing.Outputs outputs) {
    int[] positions = outputs.positions();
    int[] indices = outputs.indices();
    for (int n = 0; n < positions.length; n++) {
      low[indices[n]] = numbers.low[positions[n]];
      high[indices[n]] = numbers.high[positions[n]];
    }
  }

  /// Every number times one constant, then its low `bits` bits.
  Wide times(BigInteger factor, int bits) {
    long factorLow = factor.longValue();
    long factorHigh = factor.shiftRight(Long.SIZE).longValue();
    long lowMask = bits >= Long.SIZE ? -1 : (1L << bits) - 1;
    Wide products = scratch(count());
    for (int i = 0; i < count(); i++) {
      products.low[i] = low[i] * factorLow & lowMask;
    }
    if (bits > Long.SIZE) {
      long highMask = (1L << (bits - Long.SIZE)) - 1;
      for (int i = 0; i < count(); i++) {
        long product = Math.unsignedMultiplyHigh(low[i], factorLow);
        products.high[i] = (product + low[i] * factorHigh + high[i] * factorLow) & highMask;
      }
    }
    return products;
  }

  @Override
  public String toString() {
    return "Wide[" + count() + "]";
  }
}
