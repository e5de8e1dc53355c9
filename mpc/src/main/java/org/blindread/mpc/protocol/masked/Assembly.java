package org.blindread.mpc.protocol.masked;

import java.util.List;
import java.util.stream.IntStream;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Terms;

/// The arithmetic correlations of one nonlinear step: for every value, a row of numbers that depend
/// on masks alone, known to P0 and shared additively.
///
/// m is needed modulo 2^f only, so it travels in four bytes where f ≤ 32.
///
/// @param width bytes of each number on the wire
record Assembly(List<Integer> width) {
  Assembly {
    width = List.copyOf(width);
  }

  /// s, m, λo: see [MaskedEvaluation#truncate].
  static Assembly truncate(Terms terms, int bits) {
    int ring = terms.numbers().bytesPerElement();
    return new Assembly(List.of(ring, top(ring, bits), ring));
  }

  private static int top(int ring, int bits) {
    return bits <= Integer.SIZE ? Math.min(Integer.BYTES, ring) : ring;
  }

  /// s, m, λb, λb·s, λb·m and, for the exact borrow, λo, λb·λo; without truncation r, λb, λb·r.
  static Assembly relu(Terms terms, int bits) {
    int ring = terms.numbers().bytesPerElement();
    int top = top(ring, bits);
    if (bits == 0) {
      return new Assembly(List.of(ring, ring, ring));
    }
    return switch (terms.mode()) {
      case FAITHFUL -> new Assembly(List.of(ring, top, ring, ring, top, ring, ring));
      case FAST -> new Assembly(List.of(ring, top, ring, ring, top));
    };
  }

  /// λs, λs·r.
  static Assembly maximum(Terms terms) {
    int ring = terms.numbers().bytesPerElement();
    return new Assembly(List.of(ring, ring));
  }

  long bytes(int count) {
    return (long) count * width.stream().mapToInt(Integer::intValue).sum();
  }

  /// Scratch rows for a chunk.
  long[][] rows() {
    return IntStream.range(0, width.size())
        .mapToObj(_ -> new long[Comparison.CHUNK])
        .toArray(long[][]::new);
  }

  /// P0's numbers in, this party's shares out.
  void share(Correlations correlations, long[][] rows, int count) throws ProtocolException {
    for (int row = 0; row < rows.length; row++) {
      correlations.share(rows[row], 0, count, Correlations.Sharing.SUM, width.get(row));
    }
  }
}
