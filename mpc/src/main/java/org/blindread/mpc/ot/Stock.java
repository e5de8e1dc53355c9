package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;

/// COTs made and not yet used. Each is handed out once, as a view of the arrays it was made in; a
/// refill makes new arrays, with what is left in front.
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

  /// Makes room behind what is left.
  ///
  /// @return number of the first new COT in the arrays
  int grow(int batch, boolean withChoices) {
    int left = end - next;
    int room = Math.addExact(left, batch);
    long[] more = new long[Math.multiplyExact(Block.WORDS, room)];
    System.arraycopy(blocks, Block.WORDS * next, more, 0, Block.WORDS * left);
    if (withChoices) {
      long[] bits = new long[room / Long.SIZE];
      System.arraycopy(choices, next / Long.SIZE, bits, 0, left / Long.SIZE);
      choices = bits;
    }
    blocks = more;
    next = 0;
    end = room;
    return left;
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
