package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.ProtocolException;

/// Correlations from a live P0: it shares a seed with each evaluator; P1 expands its part of
/// everything, P2 receives the difference as a stream that runs ahead of the data.
sealed interface HelperStream extends Correlations {
  /// P0's end.
  record Generator(Prg withFirst, Prg withSecond, Channel toSecond) implements HelperStream {
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
      long[] share = withFirst.words(count);
      switch (sharing) {
        case SUM -> {
          for (int i = 0; i < count; i++) {
            share[i] = values[from + i] - share[i];
          }
        }
        case XOR -> {
          for (int i = 0; i < count; i++) {
            share[i] ^= values[from + i];
          }
        }
      }
      toSecond.put(share, 0, count, bytesEach);
    }

    @Override
    public String toString() {
      return "Generator[hidden]";
    }
  }

  /// P1's end: everything comes from the seed.
  record First(Prg withHelper) implements HelperStream {
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
      withHelper.fill(values, from, count);
    }

    @Override
    public String toString() {
      return "First[hidden]";
    }
  }

  /// P2's end: masks from the seed, shares from the stream.
  record Second(Prg withHelper, Channel fromHelper) implements HelperStream {
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

    @Override
    public String toString() {
      return "Second[hidden]";
    }
  }
}
