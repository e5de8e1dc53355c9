package org.blindread.mpc.tensor.kernel;

/// Arrays one thread reuses from call to call; they grow to the largest layer it has met.
///
/// Contents are whatever the last call left there, inputs and shares among them: they stay on the
/// heap as any array does, and go with their thread.
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private long[] longs = {};
  private int[] ints = {};
  private int[] results = {};
  private float[] floats = {};

  private Scratch() {}

  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /// An array of at least `length` for a padded input.
  long[] longs(int length) {
    longs = longs.length < length ? new long[length] : longs;
    return longs;
  }

  /// An array of at least `length` for a narrowed input.
  int[] ints(int length) {
    ints = ints.length < length ? new int[length] : ints;
    return ints;
  }

  /// An array of at least `length` for narrow results.
  int[] results(int length) {
    results = results.length < length ? new int[length] : results;
    return results;
  }

  /// An array of at least `length` for a padded input.
  float[] floats(int length) {
    floats = floats.length < length ? new float[length] : floats;
    return floats;
  }
}
