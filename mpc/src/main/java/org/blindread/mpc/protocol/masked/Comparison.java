package org.blindread.mpc.protocol.masked;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// Bits of v = c − r mod 2^ℓ, element by element, where P1 and P2 know c and P0 knows r.
///
/// Masked prefix network in the manner of ABY2.0 (Patra, Schneider, Suresh, Yalame, eprint
/// 2020/1225) with four-input gates.
///
/// Computes the *sign*, bit `top` of v: c_top ⊕ r_top ⊕ [c < r mod 2^top], and the *borrow* into a
/// lower bit: [c < r mod 2^cut]. Both come out masked: P1 and P2 learn Δ = bit ⊕ λ, P0 knows λ.
///
/// Semi-honest: the evaluators see bits under uniform one-time masks; P0 sees nothing.
///
/// 1. P0 shares the products of the bits of r in each group; the evaluators fold them with c into
///    shares of the group's (G, P) and open these under masks ([BitGroup]).
/// 2. Level by level P0 shares the products of the masks, the evaluators combine four pairs into
///    one and open it ([Combination]).
/// 3. The remaining pairs give shares of the borrows; those of sign and cut are opened under masks
///    together.
///
/// Rounds: levels + 1 (3 at ℓ = 64, f = 20). Bytes: [StepCost]; P0's part is [#sharedWords]. No
/// error.
final class Comparison {
  /// Values handled at a time: the planes of a chunk stay in the second-level cache.
  static final int CHUNK = 8192;

  private final Role role;
  private final BorrowTree tree;
  private final boolean sign;
  private final boolean borrow;
  private final int count;
  private final Correlations correlations;
  private final Optional<Channel> peer;
  private final int tag;
  private final int[] planes;
  private final long[][] masks;
  private final long[][] opened;
  private final long[] topShare;
  private final long[] result;
  private final long[] resultMasks;
  private final long[] ones = new long[BitSlice.words(CHUNK)];
  private final Map<Integer, Combination> combinations = new HashMap<>();

  /// A comparison of `count` values.
  ///
  /// @param sign whether bit `tree.top()` is wanted
  /// @param borrow whether the borrow into `tree.cut()` is wanted
  /// @param peer the other evaluator; absent at P0
  Comparison(
      Role role,
      BorrowTree tree,
      boolean sign,
      boolean borrow,
      int count,
      Correlations correlations,
      Optional<Channel> peer,
      int tag) {
    this.role = role;
    this.tree = tree;
    this.sign = sign;
    this.borrow = borrow;
    this.count = count;
    this.correlations = correlations;
    this.peer = peer;
    this.tag = tag;
    int words = words(count);
    planes = new int[tree.levels().size()];
    Arrays.setAll(planes, tree::planes);
    masks = new long[tree.levels().size()][];
    opened = new long[tree.levels().size()][];
    for (int level = 0; level < masks.length; level++) {
      masks[level] = new long[words * planes[level]];
      opened[level] = new long[role == Role.P0 ? 0 : words * planes[level]];
    }
    topShare = new long[sign && role != Role.P0 ? words : 0];
    result = new long[role == Role.P0 ? 0 : words * planes()];
    resultMasks = new long[words * planes()];
    Arrays.fill(ones, role == Role.P1 ? -1 : 0);
  }

  /// Words of one plane over `count` values, chunk by chunk.
  static int words(int count) {
    return count / CHUNK * BitSlice.words(CHUNK)
        + (count % CHUNK == 0 ? 0 : BitSlice.words(count % CHUNK));
  }

  /// 64-bit words P0 shares.
  static long sharedWords(BorrowTree tree, boolean sign, boolean borrow, int count) {
    long planes = tree.groupProducts() + (sign ? 1L : 0);
    for (int level = 1; level < tree.levels().size(); level++) {
      planes += tree.nodeProducts(level);
    }
    planes += sign ? Combination.products(tree.carry().size(), false) : 0;
    planes += borrow ? Combination.products(tree.cover().size(), false) : 0;
    return planes * (long) words(count);
  }

  private int planes() {
    return (sign ? 1 : 0) + (borrow ? 1 : 0);
  }

  /// Runs the comparison.
  ///
  /// @param operand c at P1 and P2, r at P0; `count` values
  /// @param adjust bits XORed to the sign, a function of the value's index; used at P1 alone
  void run(long[] operand, Adjust adjust) throws ProtocolException {
    groups(operand);
    for (int level = 1; level < tree.levels().size(); level++) {
      combine(level);
    }
    finish(adjust);
  }

  /// What P1 XORs to the sign of each value.
  interface Adjust {
    /// Writes 0 or 1 for the values `from` … `from + count − 1`.
    void bits(int from, int count, long[] out);
  }

  // Step 1: groups of bits.
  private void groups(long[] operand) throws ProtocolException {
    int slices = tree.top() + (sign ? 1 : 0);
    int chunkWords = BitSlice.words(Math.min(CHUNK, count));
    long[] bits = new long[slices * chunkWords];
    long[] products = new long[tree.groupProducts() * chunkWords];
    Optional<Exchange> exchange = open(opened[0]);
    int at = 0;
    for (int from = 0; from < count; from += CHUNK) {
      int n = Math.min(CHUNK, count - from);
      int words = BitSlice.words(n);
      BitSlice.slice(operand, from, n, 0, slices, bits, 0);
      if (role != Role.P0) {
        for (int w = 0; w < tree.top() * words; w++) {
          bits[w] = ~bits[w];
        }
      }
      int base = at * planes[0];
      drawMasks(masks[0], base, words * planes[0]);
      int product = 0;
      for (BorrowTree.Node node : tree.levels().getFirst()) {
        if (role == Role.P0) {
          BitGroup.multiply(node.size(), bits, node.low() * words, products, product, words);
        }
        product += BitGroup.products(node.size()) * words;
      }
      correlations.share(products, 0, product, Correlations.Sharing.XOR, 8);
      if (sign) {
        shareTop(bits, words, at);
      }
      if (role != Role.P0) {
        product = 0;
        for (BorrowTree.Node node : tree.levels().getFirst()) {
          BitGroup.fold(
              node.size(),
              node.propagates(),
              bits,
              node.low() * words,
              products,
              product,
              role == Role.P1 ? -1 : 0,
              opened[0],
              base + node.plane() * words,
              words);
          product += BitGroup.products(node.size()) * words;
        }
        xor(opened[0], masks[0], base, words * planes[0]);
        exchange.orElseThrow().put(words * planes[0]);
      }
      at += words;
    }
    if (exchange.isPresent()) {
      exchange.get().finish();
    }
  }

  private void shareTop(long[] bits, int words, int at) throws ProtocolException {
    if (role == Role.P0) {
      correlations.share(bits, tree.top() * words, words, Correlations.Sharing.XOR, 8);
      return;
    }
    correlations.share(topShare, at, words, Correlations.Sharing.XOR, 8);
    if (role == Role.P1) {
      for (int w = 0; w < words; w++) {
        topShare[at + w] ^= bits[tree.top() * words + w];
      }
    }
  }

  // Step 2: four pairs into one.
  private void combine(int level) throws ProtocolException {
    Optional<Exchange> exchange = open(opened[level]);
    int at = 0;
    for (int from = 0; from < count; from += CHUNK) {
      int words = BitSlice.words(Math.min(CHUNK, count - from));
      int base = at * planes[level];
      drawMasks(masks[level], base, words * planes[level]);
      for (BorrowTree.Node node : tree.levels().get(level)) {
        int to = base + node.plane() * words;
        combine(node.children(), node.propagates(), at, words, opened[level], to);
      }
      if (role != Role.P0) {
        xor(opened[level], masks[level], base, words * planes[level]);
        exchange.orElseThrow().put(words * planes[level]);
      }
      at += words;
    }
    if (exchange.isPresent()) {
      exchange.get().finish();
    }
  }

  /// Shares of the combination of neighbouring opened pairs: G at `to`, P (if wanted) behind it.
  private void combine(
      List<BorrowTree.Node> nodes, boolean propagate, int at, int words, long[] out, int to)
      throws ProtocolException {
    int size = nodes.size();
    Combination combination = combination(size, propagate, words);
    long[][] deltas = new long[size][];
    int[] g = new int[size];
    int[] p = new int[size];
    for (int i = 0; i < size; i++) {
      BorrowTree.Node node = nodes.get(i);
      long[] own = masks[node.level()];
      deltas[i] = opened[node.level()];
      g[i] = at * planes[node.level()] + node.plane() * words;
      p[i] = g[i] + words;
      System.arraycopy(own, g[i], combination.planes(), combination.gamma(i), words);
      if (node.propagates() && (i > 0 || propagate)) {
        System.arraycopy(own, p[i], combination.planes(), combination.pi(i), words);
      }
    }
    if (role == Role.P0) {
      combination.multiply();
    }
    int shared = Combination.products(size, propagate) * words;
    correlations.share(combination.planes(), 0, shared, Correlations.Sharing.XOR, 8);
    if (role != Role.P0) {
      combination.fold(deltas, g, p, ones, out, to);
    }
  }

  private Combination combination(int size, boolean propagate, int words) {
    int key = (words * 8 + size) * 2 + (propagate ? 1 : 0);
    return combinations.computeIfAbsent(key, _ -> new Combination(size, propagate, words));
  }

  // Step 3: sign and borrow.
  private void finish(Adjust adjust) throws ProtocolException {
    Optional<Exchange> exchange = open(result);
    long[] adjustment = new long[CHUNK];
    long[] adjustmentPlane = new long[BitSlice.words(CHUNK)];
    int at = 0;
    for (int from = 0; from < count; from += CHUNK) {
      int n = Math.min(CHUNK, count - from);
      int words = BitSlice.words(n);
      int base = at * planes();
      drawMasks(resultMasks, base, words * planes());
      if (sign) {
        combine(tree.carry(), false, at, words, result, base);
        if (role != Role.P0) {
          for (int w = 0; w < words; w++) {
            result[base + w] ^= topShare[at + w];
          }
        }
        if (role == Role.P1) {
          adjust.bits(from, n, adjustment);
          BitSlice.slice(adjustment, 0, n, 0, 1, adjustmentPlane, 0);
          for (int w = 0; w < words; w++) {
            result[base + w] ^= adjustmentPlane[w];
          }
        }
      }
      if (borrow) {
        combine(tree.cover(), false, at, words, result, base + (sign ? words : 0));
      }
      if (role != Role.P0) {
        xor(result, resultMasks, base, words * planes());
        exchange.orElseThrow().put(words * planes());
      }
      at += words;
    }
    if (exchange.isPresent()) {
      exchange.get().finish();
    }
  }

  /// Spreads the sign of the values `from` … (a whole chunk or the last one): Δ at an evaluator, λ
  /// at P0, as 0 or 1.
  void spreadSign(int from, int n, long[] out) {
    spread(from, n, 0, out);
  }

  /// As [#spreadSign] for the borrow.
  void spreadBorrow(int from, int n, long[] out) {
    spread(from, n, sign ? 1 : 0, out);
  }

  private void spread(int from, int n, int plane, long[] out) {
    int at = words(from);
    int place = at * planes() + plane * BitSlice.words(n);
    BitSlice.spread(role == Role.P0 ? resultMasks : result, place, n, out, 0);
  }

  private Optional<Exchange> open(long[] values) throws ProtocolException {
    return role == Role.P0
        ? Optional.empty()
        : Optional.of(new Exchange(peer.orElseThrow(), tag, values, 8, Correlations.Sharing.XOR));
  }

  /// Fresh XOR masks: an evaluator keeps its summand, P0 the sum.
  private void drawMasks(long[] own, int from, int words) {
    switch (role) {
      case P1, P2 -> correlations.mask(own, own, from, words);
      case P0 -> {
        long[] first = new long[words];
        long[] second = new long[words];
        correlations.mask(first, second, 0, words);
        for (int w = 0; w < words; w++) {
          own[from + w] = first[w] ^ second[w];
        }
      }
    }
  }

  private static void xor(long[] values, long[] others, int from, int count) {
    for (int i = from; i < from + count; i++) {
      values[i] ^= others[i];
    }
  }
}
