package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.ot.BitTriples;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.tensor.kernel.BitPlanes;

/// ANDs of XOR-shared bits: x ∧ y for all, x ∧ z for the first `wide` of `count` planes.
///
/// D. Beaver, CRYPTO 1991, by triples (a; b, b'; c = a·b, c' = a·b') that share a as the products
/// share x (CrypTFlow2, eprint 2020/1002, section 3.1.2). Semi-honest.
///
/// 1. Both send their shares of e = x ⊕ a, f = y ⊕ b, f' = z ⊕ b', which open e, f, f'.
/// 2. x·y = c ⊕ e·b ⊕ f·a ⊕ e·f, where one party adds e·f.
///
/// 1 round; for planes of w words 8w·(2·count + wide) bytes each way and a COT each way for every
/// bit of x. No error.
///
/// @param count planes x and y
/// @param wide planes z, 0 … count
/// @param words of a plane, a multiple of 8
record SharedAnd(int count, int wide, int words) {
  private int width() {
    return wide > 0 ? 2 : 1;
  }

  private int bits() {
    return Math.multiplyExact(count * words, Long.SIZE);
  }

  Demand demand() {
    int cots = OtExtension.units(bits());
    return new Demand(cots, cots);
  }

  void script(Script script) {
    long bytes = (long) Long.BYTES * words * (2L * count + wide);
    script.exchange(bytes, bytes);
  }

  /// Shares of the products: `count` planes x·y, then `wide` planes x·z.
  long[] multiply(Dialogue talk, long[] x, long[] y, long[] z) throws ProtocolException {
    BitTriples triples = BitTriples.make(talk.ot(), bits(), width());
    int n = count * words;
    int m = wide * words;
    long[] opened = new long[2 * n + m];
    BitPlanes.xor(opened, 0, x, 0, triples.a(), 0, n);
    BitPlanes.xor(opened, n, y, 0, triples.b(), 0, n);
    BitPlanes.xor(opened, 2 * n, z, 0, triples.b(), n, m);
    long[] theirs = talk.wire().exchange(opened);
    BitPlanes.xor(opened, 0, opened, 0, theirs, 0, opened.length);
    long[] products = new long[n + m];
    product(talk, triples, opened, n, 0, products, 0, n);
    product(talk, triples, opened, 2 * n, n, products, n, m);
    return products;
  }

  /// @param f where the opened factors f begin
  /// @param b where the planes b of the triples begin
  private static void product(
      Dialogue talk,
      BitTriples triples,
      long[] opened,
      int f,
      int b,
      long[] products,
      int to,
      int words) {
    long mine = talk.allOnes();
    long[] a = triples.a();
    long[] bs = triples.b();
    long[] cs = triples.c();
    for (int w = 0; w < words; w++) {
      long e = opened[w];
      long g = opened[f + w];
      products[to + w] = cs[b + w] ^ (e & bs[b + w]) ^ (g & a[w]) ^ (e & g & mine);
    }
  }
}
