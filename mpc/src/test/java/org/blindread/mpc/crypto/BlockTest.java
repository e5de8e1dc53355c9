package org.blindread.mpc.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockTest {
  private static final BigInteger POLYNOMIAL =
      BigInteger.ONE.shiftLeft(128).xor(new BigInteger("135"));

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void doublingIsMultiplicationByXModuloThePolynomialOfGcm(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Block block = new Block(random.nextLong(), random.nextLong());
    BigInteger expected = number(block).shiftLeft(1);
    if (expected.testBit(128)) {
      expected = expected.xor(POLYNOMIAL);
    }
    assertEquals(expected, number(block.doubled()));
  }

  private static BigInteger number(Block block) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < Block.BITS; i++) {
      number = block.bit(i) == 1 ? number.setBit(i) : number;
    }
    return number;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void noTextShowsABlock(long secret) {
    assertEquals("Block[hidden]", new Block(secret, secret).toString());
  }
}
