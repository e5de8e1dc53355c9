package org.blindread.mpc.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TreeHashTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void equalsAnIndependentImplementation() {
    for (JsonNode known : KnownAnswers.read("tree-hash.json").get("cases")) {
      long[] nodes = new long[4];
      words(known.get("node")).get(nodes, 0, 2);
      new TreeHash(HEX.parseHex(known.get("coins").asString())).expand(nodes, 0, 1);
      long[] expected = new long[4];
      words(known.get("left")).get(expected, 0, 2);
      words(known.get("right")).get(expected, 2, 2);
      assertArrayEquals(expected, nodes);
    }
  }

  private static java.nio.LongBuffer words(JsonNode hex) {
    return ByteBuffer.wrap(HEX.parseHex(hex.asString()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 256, 257, 1000})
  void aLevelIsExpandedNodeByNode(int count) {
    long[] level = new SplittableRandom(count).longs(4L * count + 6).toArray();
    long[] expanded = level.clone();
    TreeHash hash = new TreeHash(PublicCoins.of("run", "test", 0));
    hash.expand(expanded, 3, count);
    for (int j = 0; j < count; j++) {
      long[] one = {level[6 + 2 * j], level[7 + 2 * j], 0, 0};
      hash.expand(one, 0, 1);
      assertEquals(Block.of(one, 0), Block.of(expanded, 3 + j));
      assertEquals(Block.of(one, 1), Block.of(expanded, 3 + j + count));
      assertEquals(Block.of(level, 3 + j), Block.of(one, 0).xor(Block.of(one, 1)));
    }
    assertEquals(Block.of(level, 2), Block.of(expanded, 2));
  }
}
