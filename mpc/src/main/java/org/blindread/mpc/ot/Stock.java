package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;

/// COTs made and not yet used. Each is handed out once, as a view of the arrays it was made in,
/// which the next refill overwrites: fresh arrays would cost as much as the COTs (7 of 17 ns each,
/// mostly page faults; one Zen 4 core, JDK 25).
final class Stock {
  private long[] blocks = {};
  private long[] choices = {};
  private int next;
  private int end;
  private long handedOut;

  /// The batch to make so that `units` COTs can be taken; 0 if they are there.
  int lacking(int units, OtExtension extension) {
    int left = end - next;
    return left >= units ? 0 : extension.batch(units - left);
  }

  /// Makes room behind what is left, which moves to the front.
  ///
  /// @return number of the first new COT in the arrays
  int grow(int batch, boolean withChoices) {
    int left = end - next;
    int room = Math.addExact(left, batch);
    blocks = front(blocks, Block.WORDS * next, left * Block.WORDS, Block.WORDS * room);
    if (withChoices) {
      choices = front(choices, next / Long.SIZE, left / Long.SIZE, room / Long.SIZE);
    }
    next = 0;
    end = room;
    return left;
  }

  private static long[] front(long[] from, int at, int count, int room) {
    long[] to = from.length < room ? new long[room] : from;
    System.arraycopy(from, at, to, 0, count);
    return to;
  }

  /// Forgets what is left. Its tweaks are never used.
  void discard() {
    handedOut += end - next;
    next = end;
  }

  long[] blocks() {
    return blocks;
  }

  long[] choices() {
    return choices;
  }

  Cots.Sent take(int units, Block delta) {
    int at = advance(units);
    return new Cots.Sent(delta, handedOut - units, units, blocks, at);
  }

  Cots.Received take(int units) {
    int at = advance(units);
    return new Cots.Received(choices, at / Long.SIZE, handedOut - units, units, blocks, at);
  }

  private int advance(int units) {
    int at = next;
    next += units;
    handedOut += units;
    return at;
  }
}
