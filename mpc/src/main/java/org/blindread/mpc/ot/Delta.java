package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.Prg;

/// How the sender of an extension draws its Δ, and which base OTs it chooses by it.
final class Delta {
  private Delta() {}

  /// 127 random bits and bit 0 set: so that COTs may carry the receiver's choice in bit 0 of their
  /// blocks, as [Ferret]'s do.
  static Block draw(Wire wire) {
    Block random = Block.random(new Prg(wire.freshSeed()));
    return new Block(random.low() | 1, random.high());
  }

  /// The bits of Δ.
  static int[] bits(Block delta) {
    int[] bits = new int[Block.BITS];
    for (int i = 0; i < Block.BITS; i++) {
      bits[i] = delta.bit(i);
    }
    return bits;
  }
}
