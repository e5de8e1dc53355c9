package org.blindread.mpc.rlwe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Arrays for intermediate results, which a thread takes during one piece of work and gives back
/// all together at its end. Fresh ones would pass through all of the young generation, hence come
/// from memory and not from the cache: that took half of the time of a ciphertext.
///
/// What must outlive the piece is never taken from here. Outside a piece every array is new.
/// Contents are whatever the last piece left there, secrets among them: they stay on the heap as
/// any array does, and go with their thread.
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /// Arrays of either type that a thread keeps.
  private static final int MOST = 32;

  /// The first `takenDoubles` are in use.
  private final List<double[]> doubles = new ArrayList<>();

  private final List<long[]> longs = new ArrayList<>();
  private int takenDoubles;
  private int takenLongs;
  private boolean working;

  private Scratch() {}

  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /// A piece of work begins.
  void begin() {
    working = true;
  }

  /// The piece ends: whatever was taken is free again.
  void end() {
    working = false;
    takenDoubles = 0;
    takenLongs = 0;
  }

  /// Any `length` numbers.
  double[] doubles(int length) {
    for (int i = takenDoubles; i < doubles.size(); i++) {
      double[] free = doubles.get(i);
      if (working && free.length == length) {
        doubles.set(i, doubles.get(takenDoubles));
        doubles.set(takenDoubles++, free);
        return free;
      }
    }
    double[] fresh = new double[length];
    if (working && doubles.size() < MOST) {
      doubles.add(takenDoubles++, fresh);
    }
    return fresh;
  }

  /// Any `length` words.
  long[] longs(int length) {
    for (int i = takenLongs; i < longs.size(); i++) {
      long[] free = longs.get(i);
      if (working && free.length == length) {
        longs.set(i, longs.get(takenLongs));
        longs.set(takenLongs++, free);
        return free;
      }
    }
    long[] fresh = new long[length];
    if (working && longs.size() < MOST) {
      longs.add(takenLongs++, fresh);
    }
    return fresh;
  }

  /// `length` numbers, all 0.
  double[] zeros(int length) {
    double[] zeros = doubles(length);
    Arrays.fill(zeros, 0);
    return zeros;
  }

  /// `length` words, all 0.
  long[] zeroLongs(int length) {
    long[] zeros = longs(length);
    Arrays.fill(zeros, 0);
    return zeros;
  }

  @Override
  public String toString() {
    return "Scratch[hidden]";
  }
}
