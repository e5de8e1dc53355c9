package org.blindread.mpc.protocol.masked;

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
/// Sets are bit masks over the pairs. The product planes are laid out: M[T] by rising T (without ∅
/// and, where P is not wanted, without pair 0), then N_0, N_1, … by rising T; single masks γ_i, π_i
/// are not among what P0 shares, being the evaluators' own.
final class Combination {
  private final int size;
  private final boolean propagate;
  private final int words;
  private final long[][] products;
  private final long[][] gammas;
  private final long[][] x;
  private final long[][] y;

  /// @param size pairs combined, 1 … 5
  /// @param propagate whether P is wanted
  /// @param words words of a plane
  Combination(int size, boolean propagate, int words) {
    this.size = size;
    this.propagate = propagate;
    this.words = words;
    products = new long[1 << size][words];
    gammas = new long[size << size][words];
    x = new long[1 << size][words];
    y = new long[1 << size][words];
  }

  /// Number of product planes beyond the single masks.
  static int products(int size, boolean propagate) {
    int powers = (1 << (propagate ? size : size - 1)) - 1 - (propagate ? size : size - 1);
    int mixed = (1 << size) - 1 - size;
    return powers + mixed;
  }

  /// The plane for M[T], T not empty.
  long[] power(int set) {
    return products[set];
  }

  /// The plane for N_i[T], T among the pairs after i.
  long[] mixed(int pair, int set) {
    return gammas[(pair << size) | set];
  }

  /// Visits the planes that P0 shares, in the order of the wire.
  interface Visitor {
    void plane(long[] plane) throws org.blindread.mpc.net.ProtocolException;
  }

  void forEachProduct(Visitor visitor) throws org.blindread.mpc.net.ProtocolException {
    for (int set = 1; set < 1 << size; set++) {
      if (Integer.bitCount(set) > 1 && (propagate || (set & 1) == 0)) {
        visitor.plane(products[set]);
      }
    }
    for (int pair = 0; pair < size; pair++) {
      for (int set = 1; set < 1 << size; set++) {
        if (later(set, pair)) {
          visitor.plane(mixed(pair, set));
        }
      }
    }
  }

  private static boolean later(int set, int pair) {
    return (set & ((2 << pair) - 1)) == 0;
  }

  /// P0: fills all products from the single masks.
  void multiply() {
    for (int set = 1; set < 1 << size; set++) {
      int lowest = set & -set;
      if (set != lowest && (propagate || (set & 1) == 0)) {
        and(products[set], products[set ^ lowest], products[lowest]);
      }
    }
    for (int pair = 0; pair < size; pair++) {
      for (int set = 1; set < 1 << size; set++) {
        if (later(set, pair)) {
          and(mixed(pair, set), mixed(pair, 0), products[set]);
        }
      }
    }
  }

  private void and(long[] out, long[] a, long[] b) {
    for (int w = 0; w < words; w++) {
      out[w] = a[w] & b[w];
    }
  }

  /// An evaluator: shares of G and P.
  ///
  /// @param deltas opened planes; ΔG_i at `deltas[g[i] …]`, ΔP_i at `deltas[p[i] …]`
  /// @param one M[∅]: all ones at P1, zero at P2
  void fold(
      long[][] deltas, int[] g, int[] p, long one, long[] outG, int atG, long[] outP, int atP) {
    for (int set = 0; set < 1 << size; set += 2) {
      init(deltas[0], g[0], set, one);
      if (propagate) {
        for (int w = 0; w < words; w++) {
          long m = set == 0 ? one : products[set][w];
          y[set][w] = (deltas[0][p[0] + w] & m) ^ products[set | 1][w];
        }
      }
    }
    for (int i = 1; i < size; i++) {
      for (int set = 0; set < 1 << size; set += 2 << i) {
        step(deltas[i], g[i], p[i], i, set, one);
      }
    }
    System.arraycopy(x[0], 0, outG, atG, words);
    if (propagate) {
      System.arraycopy(y[0], 0, outP, atP, words);
    }
  }

  private void init(long[] delta, int g, int set, long one) {
    long[] out = x[set];
    long[] n = mixed(0, set);
    if (set == 0) {
      for (int w = 0; w < words; w++) {
        out[w] = (delta[g + w] & one) ^ n[w];
      }
    } else {
      long[] m = products[set];
      for (int w = 0; w < words; w++) {
        out[w] = (delta[g + w] & m[w]) ^ n[w];
      }
    }
  }

  private void step(long[] delta, int g, int p, int i, int set, long one) {
    long[] n = mixed(i, set);
    long[] here = x[set];
    long[] with = x[set | (1 << i)];
    if (set == 0) {
      for (int w = 0; w < words; w++) {
        here[w] = (delta[g + w] & one) ^ n[w] ^ (delta[p + w] & here[w]) ^ with[w];
      }
    } else {
      long[] m = products[set];
      for (int w = 0; w < words; w++) {
        here[w] = (delta[g + w] & m[w]) ^ n[w] ^ (delta[p + w] & here[w]) ^ with[w];
      }
    }
    if (propagate) {
      long[] py = y[set];
      long[] pWith = y[set | (1 << i)];
      for (int w = 0; w < words; w++) {
        py[w] = (delta[p + w] & py[w]) ^ pWith[w];
      }
    }
  }
}
