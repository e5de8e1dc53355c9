package org.blindread.mpc.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A stream of pseudorandom 64-bit words: AES-128 over a counter. Two holders of one [Seed] that
/// ask for the same sequence of lengths read the same words.
///
/// AES runs as ECB over blocks of counters of our own, 8 KiB a call: the JDK's CTR mode takes its
/// intrinsic only in some callers and falls to a fortieth of the speed in others (22 against 0.5
/// GB/s, one Zen 4 core, JDK 25; docs/performance.md). For one thread.
public final class Prg {
  private static final int BLOCK_WORDS = 2;
  private static final int CHUNK_WORDS = 1024;
  private static final int CHUNK_BYTES = CHUNK_WORDS * Long.BYTES;
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle COUNTER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Aes128 aes;
  private final byte[] counterBytes = new byte[CHUNK_BYTES];
  private final byte[] streamBytes = new byte[CHUNK_BYTES];
  private final MemorySegment streamSegment = MemorySegment.ofArray(streamBytes);
  private long nextBlock;

  public Prg(Seed seed) {
    aes = new Aes128(seed.exposeTo(Seed.Use.AES_128_KEY));
  }

  /// The next `count` words of the stream, into `words[from …]`. A request takes whole blocks of
  /// two words: the rest of its last block is skipped, alike at every holder.
  public void fill(long[] words, int from, int count) {
    int done = 0;
    while (done < count) {
      int n = Math.min(CHUNK_WORDS, count - done);
      int blocks = (n + BLOCK_WORDS - 1) / BLOCK_WORDS;
      encrypt(blocks);
      MemorySegment.copy(streamSegment, LONGS, 0, words, from + done, n);
      done += n;
    }
  }

  /// The next `count` words of the stream.
  public long[] words(int count) {
    long[] words = new long[count];
    fill(words, 0, count);
    return words;
  }

  private void encrypt(int blocks) {
    for (int b = 0; b < blocks; b++) {
      COUNTER.set(counterBytes, b * BLOCK_WORDS * Long.BYTES, nextBlock + b);
    }
    nextBlock += blocks;
    aes.encrypt(counterBytes, blocks * BLOCK_WORDS * Long.BYTES, streamBytes);
  }

  /// Runs the cipher until the JIT has compiled its caller, without which AES has no intrinsic.
  /// Once a process.
  public static void warmUp() {
    Prg prg = new Prg(Seed.fresh());
    long[] words = new long[32];
    for (int i = 0; i < 10_000; i++) {
      prg.fill(words, 0, words.length);
    }
  }

  @Override
  public String toString() {
    return "Prg[hidden]";
  }
}
