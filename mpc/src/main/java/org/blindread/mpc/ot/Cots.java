package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;

/// One party's part of a run of COTs handed out by an [OtSender] or [OtReceiver], for one use.
/// Arrays are views of its stock, valid until it is refilled.
public sealed interface Cots {
  /// Index of the first, counted over all of the direction; with it begin the tweaks of their
  /// hashes.
  long first();

  /// How many, a multiple of [OtExtension#UNIT].
  int count();

  /// The blocks q or t, from number [#from] of the array on.
  long[] blocks();

  int from();

  /// The sender's: t_j = q_j ⊕ r_j·Δ for its q.
  record Sent(Block delta, long first, int count, long[] blocks, int from) implements Cots {
    @Override
    public String toString() {
      return "Cots.Sent[hidden]";
    }
  }

  /// The receiver's, with its choices r as a plane: words `choicesFrom` … of `choices`, in the
  /// order of [org.blindread.mpc.tensor.kernel.BitSlice].
  record Received(long[] choices, int choicesFrom, long first, int count, long[] blocks, int from)
      implements Cots {
    /// A copy of the plane of choices.
    public long[] choicePlane() {
      return java.util.Arrays.copyOfRange(choices, choicesFrom, choicesFrom + count / Long.SIZE);
    }

    @Override
    public String toString() {
      return "Cots.Received[hidden]";
    }
  }
}
