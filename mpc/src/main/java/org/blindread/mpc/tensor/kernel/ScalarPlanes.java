package org.blindread.mpc.tensor.kernel;

/// [PlaneLoops] word by word.
final class ScalarPlanes implements PlaneLoops {
  @Override
  public void andXor(
      long[] out,
      int to,
      long[] a,
      int fromA,
      long[] b,
      int fromB,
      long[] c,
      int fromC,
      int words) {
    for (int w = 0; w < words; w++) {
      out[to + w] = (a[fromA + w] & b[fromB + w]) ^ c[fromC + w];
    }
  }

  @Override
  public void and(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words) {
    for (int w = 0; w < words; w++) {
      out[to + w] = a[fromA + w] & b[fromB + w];
    }
  }

  @Override
  public void xor(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words) {
    for (int w = 0; w < words; w++) {
      out[to + w] = a[fromA + w] ^ b[fromB + w];
    }
  }

  @Override
  public void foldFour(
      boolean propagate,
      long[] d,
      int from,
      long[] m,
      int at,
      long one,
      long[] out,
      int to,
      int words) {
    for (int w = 0; w < words; w++) {
      long d0 = d[from + w];
      long d1 = d[from + words + w];
      long d2 = d[from + 2 * words + w];
      long d3 = d[from + 3 * words + w];
      long m1 = m[at + w];
      long m2 = m[at + words + w];
      long m3 = m[at + 2 * words + w];
      long m4 = m[at + 3 * words + w];
      long m5 = m[at + 4 * words + w];
      long m6 = m[at + 5 * words + w];
      long m7 = m[at + 6 * words + w];
      long m8 = m[at + 7 * words + w];
      long m9 = m[at + 8 * words + w];
      long m10 = m[at + 9 * words + w];
      long m11 = m[at + 10 * words + w];
      long m12 = m[at + 11 * words + w];
      long m13 = m[at + 12 * words + w];
      long m14 = m[at + 13 * words + w];
      long m15 = m[at + 14 * words + w];
      long x0 = (d0 & m1);
      long x2 = (d0 & m3);
      long x4 = (d0 & m5);
      long x6 = (d0 & m7);
      long x8 = (d0 & m9);
      long x10 = (d0 & m11);
      long x12 = (d0 & m13);
      long x14 = (d0 & m15);
      x0 = ((d1 & (m2 ^ x0)) ^ x2);
      x4 = ((d1 & (m6 ^ x4)) ^ x6);
      x8 = ((d1 & (m10 ^ x8)) ^ x10);
      x12 = ((d1 & (m14 ^ x12)) ^ x14);
      x0 = ((d2 & (m4 ^ x0)) ^ x4);
      x8 = ((d2 & (m12 ^ x8)) ^ x12);
      x0 = ((d3 & (m8 ^ x0)) ^ x8);
      out[to + w] = x0;
      if (propagate) {
        long y0 = ((d0 & one) ^ m1);
        long y2 = ((d0 & m2) ^ m3);
        long y4 = ((d0 & m4) ^ m5);
        long y6 = ((d0 & m6) ^ m7);
        long y8 = ((d0 & m8) ^ m9);
        long y10 = ((d0 & m10) ^ m11);
        long y12 = ((d0 & m12) ^ m13);
        long y14 = ((d0 & m14) ^ m15);
        y0 = ((d1 & y0) ^ y2);
        y4 = ((d1 & y4) ^ y6);
        y8 = ((d1 & y8) ^ y10);
        y12 = ((d1 & y12) ^ y14);
        y0 = ((d2 & y0) ^ y4);
        y8 = ((d2 & y8) ^ y12);
        y0 = ((d3 & y0) ^ y8);
        out[to + words + w] = y0;
      }
    }
  }
}
