package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BitPackingTest {
  @Test
  void numbersLieOneAfterAnother() {
    SplittableRandom random = new SplittableRandom(1);
    for (int bits = 1; bits <= 64; bits++) {
      for (int count : new int[] {1, 2, 13, 64, 207}) {
        long[] numbers = random.longs(count).map(shifter(bits)).toArray();
        byte[] bytes = new byte[BitPacking.bytes(count, bits) + 5];
        int next = BitPacking.pack(numbers, bits, bytes, 3);
        assertEquals(3 + BitPacking.bytes(count, bits), next);
        BigInteger whole = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
          whole = whole.or(new BigInteger(Long.toUnsignedString(numbers[i])).shiftLeft(i * bits));
        }
        for (int i = 3; i < next; i++) {
          assertEquals(whole.shiftRight(8 * (i - 3)).byteValue(), bytes[i]);
        }
        assertEquals(0, bytes[next]);
        long[] read = new long[count];
        assertTrue(BitPacking.unpack(bytes, 3, bits, read));
        assertArrayEquals(numbers, read, bits + " bits");
        int used = count * bits % 8;
        if (used > 0) {
          for (int bit = used; bit < 8; bit++) {
            byte[] dirty = bytes.clone();
            dirty[next - 1] |= (byte) (1 << bit);
            assertFalse(BitPacking.unpack(dirty, 3, bits, read), bits + " bits");
          }
        }
      }
    }
  }

  private static java.util.function.LongUnaryOperator shifter(int bits) {
    return x -> x >>> (64 - bits);
  }
}
