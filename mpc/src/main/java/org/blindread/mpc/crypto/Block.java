package org.blindread.mpc.crypto;

/// A secret of 128 bits, an element of GF(2^128): bit i of `low` is the coefficient of x^i, bit i
/// of `high` that of x^(64+i). In arrays of blocks, block j is the pair of words 2j (low) and 2j +
/// 1 (high). Never shown.
public record Block(long low, long high) {
  public static final Block ZERO = new Block(0, 0);
  public static final int WORDS = 2;
  public static final int BYTES = 16;
  public static final int BITS = 128;

  /// x^128 = x^7 + x^2 + x + 1, the polynomial of GCM (NIST SP 800-38D).
  private static final long REDUCTION = 0x87;

  /// Block j of an array of blocks.
  public static Block of(long[] blocks, int j) {
    return new Block(blocks[WORDS * j], blocks[WORDS * j + 1]);
  }

  /// Two words of a generator.
  public static Block random(Prg prg) {
    return of(prg.words(WORDS), 0);
  }

  public Block xor(Block other) {
    return new Block(low ^ other.low, high ^ other.high);
  }

  /// The product with x in GF(2^128).
  public Block doubled() {
    return new Block(doubledLow(low, high), doubledHigh(low, high));
  }

  /// Bit `i`, 0 … 127.
  public int bit(int i) {
    return (int) ((i < Long.SIZE ? low : high) >>> (i % Long.SIZE)) & 1;
  }

  /// Low word of x·(low, high).
  public static long doubledLow(long low, long high) {
    return (low << 1) ^ (REDUCTION & (high >> 63));
  }

  /// High word of x·(low, high).
  public static long doubledHigh(long low, long high) {
    return (high << 1) | (low >>> 63);
  }

  @Override
  public String toString() {
    return "Block[hidden]";
  }
}
