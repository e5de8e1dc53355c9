package org.blindread.mpc.protocol.masked;

import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.kernel.RingConvolution;

/// What one party holds of a value. Arrays are owned and never written after construction.
///
/// The party decides what the arrays mean:
///
/// | form | P0 | P1 | P2 |
/// |---|---|---|---|
/// | `Summands` | – | x_1 | x_2 |
/// | `Veiled` | λ | x + λ | λ |
/// | `Opened` | λ_1, λ_2 | Δ, λ_1 | Δ, λ_2 |
sealed interface Share {
  /// x = x_1 + x_2.
  record Summands(long[] part) implements Share {
    @Override
    public String toString() {
      return "Summands[hidden]";
    }
  }

  /// P1: x + λ; P2 and P0: λ.
  record Veiled(long[] veil) implements Share {
    @Override
    public String toString() {
      return "Veiled[hidden]";
    }
  }

  /// P1 and P2: Δ and their summand of λ; P0: both summands of λ.
  record Opened(long[] first, long[] second) implements Share {
    @Override
    public String toString() {
      return "Opened[hidden]";
    }
  }

  /// Convolution weights of the session, packed on first use. P1: w; P2: w + λ; P0: λ.
  record Kernel(
      Shape shape,
      long[] values,
      int bits,
      ConcurrentHashMap<Integer, RingConvolution.Prepared> packed)
      implements Share {
    RingConvolution.Prepared prepared(int groups) {
      return packed.computeIfAbsent(
          groups,
          _ -> {
            int outputs = shape.extent(0);
            int inputs = shape.extent(-1);
            int taps = shape.size() / outputs / inputs;
            return RingConvolution.prepare(values, outputs, taps, inputs, groups, bits);
          });
    }

    @Override
    public String toString() {
      return "Kernel[hidden]";
    }
  }

  /// A bias or flips of the session: the value at P1, nothing elsewhere.
  record Private(long[] values) implements Share {
    @Override
    public String toString() {
      return "Private[hidden]";
    }
  }

  /// An offset of the session: ΔC at P1 and P2, λC at P0.
  record Threshold(long[] values) implements Share {
    @Override
    public String toString() {
      return "Threshold[hidden]";
    }
  }
}
