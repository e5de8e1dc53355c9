package org.blindread.mpc.rlwe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers of a fixed width, one after another without gaps, lowest bit first; the last byte is
/// filled up with zeros.
final class BitPacking {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BitPacking() {}

  /// Bytes that so many numbers take.
  static int bytes(int count, int bits) {
    return Math.toIntExact(((long) count * bits + Byte.SIZE - 1) / Byte.SIZE);
  }

  /// Writes numbers, each 0 … 2^bits−1 as an unsigned word.
  ///
  /// @return where the next byte goes
  static int pack(long[] numbers, int bits, byte[] bytes, int at) {
    int to = at;
    long word = 0;
    int filled = 0;
    for (long number : numbers) {
      word |= number << filled;
      filled += bits;
      if (filled >= Long.SIZE) {
        WORD.set(bytes, to, word);
        to += Long.BYTES;
        filled -= Long.SIZE;
        word = filled == 0 ? 0 : number >>> (bits - filled);
      }
    }
    for (; filled > 0; filled -= Byte.SIZE) {
      bytes[to++] = (byte) word;
      word >>>= Byte.SIZE;
    }
    return to;
  }

  /// Reads as many numbers as the array holds.
  ///
  /// @return whether the bits behind the last number are zero
  static boolean unpack(byte[] bytes, int at, int bits, long[] numbers) {
    long mask = -1L >>> (Long.SIZE - bits);
    int end = at + bytes(numbers.length, bits);
    int from = at;
    long word = 0;
    int held = 0;
    for (int i = 0; i < numbers.length; i++) {
      long number = word;
      if (held < bits) {
        int room = Math.min(Long.BYTES, end - from);
        word = word(bytes, from, room);
        from += room;
        number |= word << held;
        int taken = bits - held;
        word = taken == Long.SIZE ? 0 : word >>> taken;
        held = room * Byte.SIZE - taken;
      } else {
        word = bits == Long.SIZE ? 0 : word >>> bits;
        held -= bits;
      }
      numbers[i] = number & mask;
    }
    return word == 0;
  }

  private static long word(byte[] bytes, int from, int count) {
    if (count == Long.BYTES) {
      return (long) WORD.get(bytes, from);
    }
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[from + i] & 0xffL) << (Byte.SIZE * i);
    }
    return word;
  }
}
