package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.tensor.kernel.BitPlanes;

/// Combines k neighbouring pairs (G_0, P_0) … (G_{k−1}, P_{k−1}), lowest first, into one:
///
/// G = G_{k−1} ⊕ P_{k−1}·(G_{k−2} ⊕ P_{k−2}·(… G_0)), P = P_{k−1} · … · P_0.
///
/// Each pair is opened under masks, G_i = ΔG_i ⊕ γ_i and P_i = ΔP_i ⊕ π_i, where P0 knows γ and π
/// and the evaluators hold XOR shares of them and of their products. G and P are polynomials in the
/// masks with public coefficients, so the evaluators compute shares of them without talking. The
/// recursion folds one pair after the other: for a set T of later pairs, X[T] is a share of (G so
/// far)·∏_T π and Y[T] of (P so far)·∏_T π,
///
/// X'[T] = ΔG_i·M[T] ⊕ N_i[T] ⊕ ΔP_i·X[T] ⊕ X[T ∪ {i}], Y'[T] = ΔP_i·Y[T] ⊕ Y[T ∪ {i}],
///
/// with M[T] = ∏_T π (M[∅] = 1, held by P1 alone) and N_i[T] = γ_i·∏_T π. Everything is a bit
/// plane: one word holds 64 values.
///
/// Sets are bit masks over the pairs. What P0 shares lies first, in the order of the wire: M[T] of
/// two and more pairs by rising T (without pair 0 where P is not wanted), then N_0, N_1, … of
/// non-empty T by rising T. The single masks γ_i, π_i, the evaluators' own, lie behind.
final class Combination {
  private final int size;
  private final boolean propagate;
  private final int words;
  private final int[] power;
  private final int[] mixed;
  private final long[] planes;
  private final long[] x;
  private final long[] y;

  /// @param size pairs combined, 1 … 5
  /// @param propagate whether P is wanted
  /// @param words words of a plane
  Combination(int size, boolean propagate, int words) {
    this.size = size;
    this.propagate = propagate;
    this.words = words;
    power = new int[1 << size];
    mixed = new int[size * (1 << size)];
    int next = 0;
    for (int set = 1; set < 1 << size; set++) {
      if (Integer.bitCount(set) > 1 && used(set)) {
        power[set] = words * next++;
      }
    }
    for (int pair = 0; pair < size; pair++) {
      for (int set = 1; set < 1 << size; set++) {
        if (later(set, pair)) {
          mixed[(pair << size) | set] = words * next++;
        }
      }
    }
    for (int pair = 0; pair < size; pair++) {
      power[1 << pair] = words * next++;
      mixed[pair << size] = words * next++;
    }
    planes = new long[words * next];
    x = new long[words << size];
    y = new long[words << size];
  }

  /// Number of product planes P0 shares.
  static int products(int size, boolean propagate) {
    int pairs = propagate ? size : size - 1;
    return (1 << pairs) - 1 - pairs + (1 << size) - 1 - size;
  }

  /// The planes: those P0 shares first, [#products] of them.
  long[] planes() {
    return planes;
  }

  /// Where the mask γ of a pair's G lies among the planes.
  int gamma(int pair) {
    return mixed[pair << size];
  }

  /// Where the mask π of a pair's P lies among the planes.
  int pi(int pair) {
    return power[1 << pair];
  }

  private boolean used(int set) {
    return propagate || (set & 1) == 0;
  }

  private static boolean later(int set, int pair) {
    return (set & ((2 << pair) - 1)) == 0;
  }

  /// P0: fills all products from the single masks.
  void multiply() {
    for (int set = 1; set < 1 << size; set++) {
      int lowest = set & -set;
      if (set != lowest && used(set)) {
        BitPlanes.and(
            planes, power[set], planes, power[set ^ lowest], planes, power[lowest], words);
      }
    }
    for (int pair = 0; pair < size; pair++) {
      for (int set = 1; set < 1 << size; set++) {
        if (later(set, pair)) {
          int product = mixed[(pair << size) | set];
          BitPlanes.and(planes, product, planes, gamma(pair), planes, power[set], words);
        }
      }
    }
  }

  /// An evaluator: shares of G and P.
  ///
  /// @param deltas opened planes of each pair; ΔG_i at `deltas[i][g[i] …]`, ΔP_i at `deltas[i][p[i]
  ///   …]`
  /// @param ones M[∅]: a plane of ones at P1, of zeros at P2
  /// @param out receives G at `to`, P (if wanted) at `to + words`
  void fold(long[][] deltas, int[] g, int[] p, long[] ones, long[] out, int to) {
    for (int set = 0; set < 1 << size; set += 2) {
      long[] m = set == 0 ? ones : planes;
      int mAt = set == 0 ? 0 : power[set];
      BitPlanes.andXor(x, set * words, deltas[0], g[0], m, mAt, planes, mixed[set], words);
      if (propagate) {
        BitPlanes.andXor(y, set * words, deltas[0], p[0], m, mAt, planes, power[set | 1], words);
      }
    }
    for (int i = 1; i < size; i++) {
      for (int set = 0; set < 1 << size; set += 2 << i) {
        step(deltas[i], g[i], p[i], i, set, ones);
      }
    }
    System.arraycopy(x, 0, out, to, words);
    if (propagate) {
      System.arraycopy(y, 0, out, to + words, words);
    }
  }

  private void step(long[] delta, int g, int p, int i, int set, long[] ones) {
    int here = set * words;
    int with = (set | (1 << i)) * words;
    BitPlanes.andXor(x, here, delta, p, x, here, x, with, words);
    BitPlanes.xor(x, here, x, here, planes, mixed[(i << size) | set], words);
    long[] m = set == 0 ? ones : planes;
    BitPlanes.andXor(x, here, delta, g, m, set == 0 ? 0 : power[set], x, here, words);
    if (propagate) {
      BitPlanes.andXor(y, here, delta, p, y, here, y, with, words);
    }
  }
}
