package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.net.ProtocolException;

/// What is done to every element of a value alike, by OTs: applied in chunks, whose OTs and tables
/// take a bounded place in memory and in the links' buffers.
interface Elementwise {
  /// Elements of a chunk. Every chunk takes its own rounds.
  int CHUNK = 1 << 17;

  /// COTs for `count` elements, at most a chunk.
  Demand demand(int count);

  /// Messages for `count` elements, at most a chunk.
  void script(Script script, int count);

  /// Computes `count` elements of `result` from those of `operand`.
  ///
  /// @param operand this party's shares; only their low ℓ bits matter
  void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException;

  /// All elements.
  default long[] run(Dialogue talk, long[] operand) throws ProtocolException {
    long[] result = new long[operand.length];
    for (int from = 0; from < operand.length; from += CHUNK) {
      int count = Math.min(CHUNK, operand.length - from);
      talk.prepare(demand(count));
      run(talk, operand, from, count, result);
    }
    return result;
  }

  /// What all elements cost.
  default void cost(Script script, int elements) {
    for (int from = 0; from < elements; from += CHUNK) {
      int count = Math.min(CHUNK, elements - from);
      script.prepare(demand(count));
      script(script, count);
    }
  }
}
