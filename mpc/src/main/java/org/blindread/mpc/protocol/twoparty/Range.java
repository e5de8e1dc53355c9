package org.blindread.mpc.protocol.twoparty;

/// What is known of the values that are truncated and rectified.
enum Range {
  /// −2^(ℓ−2) ≤ x < 2^(ℓ−2): what the plan's ranges promise. The wrap of a sum of shares is then
  /// the OR of two private bits.
  HEADROOM,
  /// Nothing: x is any element of the ring, as CrypTFlow2 has it. The wrap is another carry.
  FULL;

  /// The bit of u = x + 2^topBit that is the sign of x, inverted.
  int topBit(int bits) {
    return this == HEADROOM ? bits - 2 : bits - 1;
  }
}
