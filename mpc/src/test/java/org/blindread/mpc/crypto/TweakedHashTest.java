package org.blindread.mpc.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TweakedHashTest {
  private static final HexFormat HEX = HexFormat.of();

  private static TweakedHash hash() {
    return new TweakedHash(PublicCoins.of("run-1", "test", 0));
  }

  @Test
  void equalsAnIndependentImplementation() {
    for (JsonNode known : KnownAnswers.read("tmmo.json").get("cases")) {
      byte[] coins =
          PublicCoins.of(
              known.get("run").asString(),
              known.get("purpose").asString(),
              known.get("number").asLong());
      assertEquals(known.get("coins").asString(), HEX.formatHex(coins));
      int count = known.get("inputs").size();
      ByteBuffer expected = ByteBuffer.allocate(count * Block.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      long[] x = new long[Block.WORDS * count];
      for (int j = 0; j < count; j++) {
        System.arraycopy(words(known.get("inputs").get(j)), 0, x, Block.WORDS * j, Block.WORDS);
        expected.put(HEX.parseHex(known.get("hashes").get(j).asString()));
      }
      TweakedHash hash = new TweakedHash(coins);
      long[] y = new long[x.length];
      Block shift = Block.of(words(known.get("shift")), 0);
      hash.blocks(hash.claim(known.get("firstTweak").asLong(), count), x, 0, shift, y, 0);
      ByteBuffer found = ByteBuffer.allocate(count * Block.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      found.asLongBuffer().put(y);
      assertArrayEquals(expected.array(), found.array());
    }
  }

  private static long[] words(JsonNode hex) {
    long[] words = new long[Block.WORDS];
    ByteBuffer.wrap(HEX.parseHex(hex.asString()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(words);
    return words;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, 255, 256, 257, 1000})
  void chunksAndPiecesGiveTheSameHashes(int count) {
    SplittableRandom random = new SplittableRandom(count);
    long[] x = random.longs(2L * count + 6).toArray();
    Block shift = new Block(random.nextLong(), random.nextLong());
    TweakedHash hash = hash();
    TweakedHash.Tweaks all = hash.claim(5, count);
    long[] whole = new long[2 * count + 2];
    hash.blocks(all, x, 3, shift, whole, 1);
    long[] low = new long[count + 1];
    hash.low(all, x, 3, shift, low, 1);
    TweakedHash other = hash();
    for (int j = 0; j < count; j++) {
      long[] one = new long[2];
      other.blocks(other.claim(5 + j, 1), x, 3 + j, shift, one, 0);
      assertEquals(one[0], whole[2 * j + 2]);
      assertEquals(one[1], whole[2 * j + 3]);
      assertEquals(one[0], low[1 + j]);
    }
  }

  @Test
  void equalInputsHaveDifferentHashesUnderDifferentTweaksRunsAndPurposes() {
    long[] x = new long[4];
    long[] here = new long[4];
    TweakedHash hash = hash();
    hash.blocks(hash.claim(0, 2), x, 0, Block.ZERO, here, 0);
    assertFalse(Arrays.equals(here, 0, 2, here, 2, 4));
    for (byte[] coins :
        new byte[][] {
          PublicCoins.of("run-2", "test", 0),
          PublicCoins.of("run-1", "tes", 0),
          PublicCoins.of("run-1", "test", 1),
          PublicCoins.of("run-1t", "est", 0)
        }) {
      TweakedHash elsewhere = new TweakedHash(coins);
      long[] there = new long[4];
      elsewhere.blocks(elsewhere.claim(0, 2), x, 0, Block.ZERO, there, 0);
      assertFalse(Arrays.equals(here, 0, 2, there, 0, 2));
    }
  }

  @Test
  void aTweakUsedTwiceIsAnError() {
    TweakedHash hash = hash();
    hash.claim(0, 10);
    hash.claim(20, 5);
    for (long repeated : new long[] {0, 9, 15, 24}) {
      var error = assertThrows(IllegalStateException.class, () -> hash.claim(repeated, 1));
      assertEquals(
          "tweak "
              + repeated
              + " was used already, the next free one is 25; a tweak serves one transfer, for two"
              + " under one tweak share their pads",
          error.getMessage());
    }
    assertEquals(3, hash.claim(25, 3).count());
  }

  @Test
  void tweaksOfAnotherHashAndShortArraysAreRefused() {
    TweakedHash hash = hash();
    TweakedHash.Tweaks theirs = hash().claim(0, 1);
    long[] x = new long[6];
    assertThrows(
        IllegalStateException.class, () -> hash.blocks(theirs, x, 0, Block.ZERO, x.clone(), 0));
    TweakedHash.Tweaks ours = hash.claim(0, 3);
    assertThrows(
        IndexOutOfBoundsException.class, () -> hash.blocks(ours, x, 1, Block.ZERO, x.clone(), 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> hash.low(ours, x, 0, Block.ZERO, new long[2], 0));
    assertThrows(IllegalArgumentException.class, () -> hash.claim(-1, 1));
  }
}
