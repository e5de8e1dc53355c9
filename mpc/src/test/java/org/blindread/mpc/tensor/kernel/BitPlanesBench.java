package org.blindread.mpc.tensor.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time of the loops over planes of 32768 values, the chunk of a comparison, in both forms.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class BitPlanesBench {
  private static final int WORDS = BitSlice.words(32768);

  /// The forms.
  public enum Form {
    SCALAR,
    VECTOR;

    PlaneLoops loops() {
      return this == SCALAR ? new ScalarPlanes() : new VectorPlanes();
    }
  }

  @Param public Form form;

  private PlaneLoops loops;
  private long[] bits;
  private long[] masks;
  private long[] out;

  @Setup
  public void prepare() {
    loops = form.loops();
    SplittableRandom random = new SplittableRandom(1);
    bits = random.longs(4L * WORDS).toArray();
    masks = random.longs(15L * WORDS).toArray();
    out = new long[2 * WORDS];
  }

  /// out = (a & b) ^ c: 4 KiB each.
  @Benchmark
  public long[] andXor() {
    loops.andXor(out, 0, bits, 0, bits, WORDS, bits, 2 * WORDS, WORDS);
    return out;
  }

  /// Four bits and their fifteen products into a pair.
  @Benchmark
  public long[] foldFour() {
    loops.foldFour(true, bits, 0, masks, 0, -1, out, 0, WORDS);
    return out;
  }
}
