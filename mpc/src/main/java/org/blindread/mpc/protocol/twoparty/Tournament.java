package org.blindread.mpc.protocol.twoparty;

import java.util.Arrays;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.FixedPoint;

/// Where in each row of x the largest element stands, the lowest place among equals; of x two
/// elements of a row differ by less than 2^(ℓ−1).
///
/// CrypTFlow2 (eprint 2020/1002), section 5, as a tree: neighbours (p, i), (q, j) with i < j play,
/// and with b = [p − q ≥ 0] the winner is
///
/// (q + b·(p − q), j + b·(i − j)),
///
/// so that of equals the lower place wins; an odd one out goes to the next level. Neither party
/// learns who won any match.
///
/// 1. Shares of b for all matches of a level ([Sign]).
/// 2. Both products ([Multiplexer]); of the last level only that of the places.
///
/// Semi-honest. No error, in either mode. For every level, ⌈log₂ extent⌉ in all, the rounds of both
/// steps.
///
/// @param extent elements of a row
record Tournament(FixedPoint numbers, int extent) {
  /// Plays all rows at once.
  ///
  /// @param x this party's shares, row after row
  /// @return its shares of the places, one a row
  long[] run(Dialogue talk, long[] x) throws ProtocolException {
    long[] values = x;
    long[] places = new long[x.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = talk.one() * (i % extent);
    }
    for (int width = extent; width > 1; width = Math.ceilDiv(width, 2)) {
      boolean last = width == 2;
      long[] lead = leads(values, width);
      long[] first = sign().run(talk, lead);
      long[] ahead = leads(places, width);
      long[] factors = last ? ahead : joined(lead, ahead);
      long[] products = products(talk, last ? first : joined(first, first), factors);
      if (!last) {
        values = winners(values, width, products, 0);
      }
      places = winners(places, width, products, last ? 0 : lead.length);
    }
    return places;
  }

  /// What all rows cost.
  void cost(Script script, int rows) {
    for (int width = extent; width > 1; width = Math.ceilDiv(width, 2)) {
      int matches = Math.multiplyExact(rows, width / 2);
      sign().cost(script, matches);
      int factors = width == 2 ? matches : 2 * matches;
      for (int from = 0; from < factors; from += Elementwise.CHUNK) {
        int count = Math.min(Elementwise.CHUNK, factors - from);
        script.prepare(Multiplexer.demand(count));
        new Multiplexer(numbers.bits()).script(script, count);
      }
    }
  }

  private Sign sign() {
    return new Sign(numbers, 0);
  }

  private long[] products(Dialogue talk, long[] bits, long[] factors) throws ProtocolException {
    long[] products = new long[factors.length];
    for (int from = 0; from < factors.length; from += Elementwise.CHUNK) {
      int count = Math.min(Elementwise.CHUNK, factors.length - from);
      talk.prepare(Multiplexer.demand(count));
      new Multiplexer(numbers.bits())
          .select(
              talk,
              Arrays.copyOfRange(bits, from, from + count),
              Arrays.copyOfRange(factors, from, from + count),
              products,
              from);
    }
    return products;
  }

  /// p − q of every match, row after row.
  private static long[] leads(long[] players, int width) {
    int matches = width / 2;
    long[] leads = new long[players.length / width * matches];
    for (int i = 0; i < leads.length; i++) {
      int p = i / matches * width + i % matches * 2;
      leads[i] = players[p] - players[p + 1];
    }
    return leads;
  }

  /// q + b·(p − q) of every match, and the odd one out.
  ///
  /// @param products b·(p − q), from `at` on
  private static long[] winners(long[] players, int width, long[] products, int at) {
    int matches = width / 2;
    int left = Math.ceilDiv(width, 2);
    long[] winners = new long[players.length / width * left];
    for (int i = 0; i < winners.length; i++) {
      int row = i / left;
      int k = i % left;
      winners[i] =
          k < matches
              ? players[row * width + 2 * k + 1] + products[at + row * matches + k]
              : players[row * width + width - 1];
    }
    return winners;
  }

  private static long[] joined(long[] a, long[] b) {
    long[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
