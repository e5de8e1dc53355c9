package org.blindread.mpc.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/// Many streams of pseudorandom words read in step: stream i is that of a [Prg] of seed i, asked
/// for the same lengths. One buffer of counters serves all, where as many `Prg`s would not fit into
/// a core's cache. For one thread.
///
/// ```java
/// streams.next(n); // moves every stream
/// streams.fill(i, words, 0); // the n words of stream i
/// ```
public final class Streams {
  /// Most words of one step.
  public static final int MAX_WORDS = 1024;

  private static final int BLOCK_WORDS = 2;
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle COUNTER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Aes128[] keys;
  private final byte[] counterBytes = new byte[MAX_WORDS * Long.BYTES];
  private final byte[] streamBytes = new byte[MAX_WORDS * Long.BYTES];
  private final MemorySegment streamSegment = MemorySegment.ofArray(streamBytes);
  private long nextBlock;
  private int words;

  public Streams(List<Seed> seeds) {
    keys =
        seeds.stream()
            .map(seed -> new Aes128(seed.exposeTo(Seed.Use.AES_128_KEY)))
            .toArray(Aes128[]::new);
  }

  /// Moves every stream to its next `words` words, an even number.
  ///
  /// @throws IllegalArgumentException if they are odd or more than [#MAX_WORDS]
  public void next(int words) {
    if (words > MAX_WORDS || words < 0 || words % BLOCK_WORDS != 0) {
      throw new IllegalArgumentException(
          "streams move by an even number of words, at most %d, not %d"
              .formatted(MAX_WORDS, words));
    }
    this.words = words;
    int blocks = words / BLOCK_WORDS;
    for (int b = 0; b < blocks; b++) {
      COUNTER.set(counterBytes, b * BLOCK_WORDS * Long.BYTES, nextBlock + b);
    }
    nextBlock += blocks;
  }

  /// The words of one stream of this step, into `out[from …]`.
  public void fill(int stream, long[] out, int from) {
    keys[stream].encrypt(counterBytes, words * Long.BYTES, streamBytes);
    MemorySegment.copy(streamSegment, LONGS, 0, out, from, words);
  }

  @Override
  public String toString() {
    return "Streams[hidden]";
  }
}
