package org.blindread.mpc.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamsTest {
  @Test
  void everyStreamIsThatOfItsPrg() {
    List<Seed> seeds = List.of(Seed.insecureFixed(1), Seed.insecureFixed(2), Seed.insecureFixed(3));
    Streams streams = new Streams(seeds);
    List<Prg> prgs = seeds.stream().map(Prg::new).toList();
    for (int words : new int[] {2, 1024, 8, 128}) {
      streams.next(words);
      for (int i = 2; i >= 0; i--) {
        long[] out = new long[words + 1];
        streams.fill(i, out, 1);
        long[] expected = new long[words + 1];
        prgs.get(i).fill(expected, 1, words);
        assertArrayEquals(expected, out);
      }
    }
  }

  @Test
  void oddAndLongStepsAreRefused() {
    Streams streams = new Streams(List.of());
    assertThrows(IllegalArgumentException.class, () -> streams.next(3));
    assertThrows(IllegalArgumentException.class, () -> streams.next(1026));
    assertEquals("Streams[hidden]", streams.toString());
  }
}
