package org.blindread.mpc.protocol.twoparty;

/// What one party holds of a value. Arrays are owned and never written after construction.
sealed interface Share {
  /// x = x_0 + x_1 modulo 2^ℓ; bits above ℓ mean nothing.
  record Summand(long[] part) implements Share {
    @Override
    public String toString() {
      return "Summand[hidden]";
    }
  }

  /// A weight of the session that only the vendor needs to know: its value there, empty at the
  /// hospital.
  record Private(long[] values) implements Share {
    @Override
    public String toString() {
      return "Private[hidden]";
    }
  }
}
