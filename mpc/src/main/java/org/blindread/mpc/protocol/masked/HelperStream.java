package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.ProtocolException;

/// Correlations from a live P0: it shares a seed with each evaluator; P1 expands its part of
/// everything, P2 receives the difference as a stream that runs ahead of the data.
///
/// Elements of at most four bytes take half a word of P1's stream.
sealed interface HelperStream extends Correlations {
  /// P0's end.
  final class Generator implements HelperStream {
    private static final int PIECE = 8192;

    private final Prg withFirst;
    private final Prg withSecond;
    private final Channel toSecond;
    private final long[] piece = new long[PIECE];

    Generator(Prg withFirst, Prg withSecond, Channel toSecond) {
      this.withFirst = withFirst;
      this.withSecond = withSecond;
      this.toSecond = toSecond;
    }

    @Override
    public void begin(int tag, long bytes) throws ProtocolException {
      if (bytes > 0) {
        toSecond.announce(tag, bytes, Channel.Phase.AHEAD);
      }
    }

    @Override
    public void mask(long[] first, long[] second, int from, int count) {
      withFirst.fill(first, from, count);
      withSecond.fill(second, from, count);
    }

    @Override
    public void veil(long[] mask) {
      withSecond.fill(mask, 0, mask.length);
    }

    @Override
    public void share(long[] values, int from, int count, Sharing sharing, int bytesEach)
        throws ProtocolException {
      for (int done = 0; done < count; done += PIECE) {
        int n = Math.min(PIECE, count - done);
        expand(withFirst, piece, 0, n, bytesEach);
        split(values, from + done, n, sharing);
        toSecond.put(piece, 0, n, bytesEach);
      }
    }

    /// P2's share of values whose other share lies in the piece.
    private void split(long[] values, int from, int count, Sharing sharing) {
      switch (sharing) {
        case SUM -> {
          for (int i = 0; i < count; i++) {
            piece[i] = values[from + i] - piece[i];
          }
        }
        case XOR -> {
          for (int i = 0; i < count; i++) {
            piece[i] = values[from + i] ^ piece[i];
          }
        }
      }
    }
  }

  /// P1's end: everything comes from the seed.
  final class First implements HelperStream {
    private final Prg withHelper;

    First(Prg withHelper) {
      this.withHelper = withHelper;
    }

    @Override
    public void begin(int tag, long bytes) {}

    @Override
    public void mask(long[] first, long[] second, int from, int count) {
      withHelper.fill(first, from, count);
    }

    @Override
    public void veil(long[] mask) {}

    @Override
    public void share(long[] values, int from, int count, Sharing sharing, int bytesEach) {
      for (int done = 0; done < count; done += Generator.PIECE) {
        int n = Math.min(Generator.PIECE, count - done);
        expand(withHelper, values, from + done, n, bytesEach);
      }
    }
  }

  /// P2's end: masks from the seed, shares from the stream.
  final class Second implements HelperStream {
    private final Prg withHelper;
    private final Channel fromHelper;

    Second(Prg withHelper, Channel fromHelper) {
      this.withHelper = withHelper;
      this.fromHelper = fromHelper;
    }

    @Override
    public void begin(int tag, long bytes) throws ProtocolException {
      if (bytes > 0) {
        fromHelper.expect(tag, bytes);
      }
    }

    @Override
    public void mask(long[] first, long[] second, int from, int count) {
      withHelper.fill(second, from, count);
    }

    @Override
    public void veil(long[] mask) {
      withHelper.fill(mask, 0, mask.length);
    }

    @Override
    public void share(long[] values, int from, int count, Sharing sharing, int bytesEach)
        throws ProtocolException {
      fromHelper.take(values, from, count, bytesEach);
    }
  }

  /// The next `count` elements of P1's stream.
  private static void expand(Prg prg, long[] out, int from, int count, int bytesEach) {
    if (bytesEach > Integer.BYTES) {
      prg.fill(out, from, count);
      return;
    }
    int words = (count + 1) / 2;
    prg.fill(out, from, words);
    for (int w = words - 1; w >= 0; w--) {
      long word = out[from + w];
      if (2 * w + 1 < count) {
        out[from + 2 * w + 1] = word >>> 32;
      }
      out[from + 2 * w] = word;
    }
  }
}
