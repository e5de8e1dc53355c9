package org.blindread.mpc.tensor.kernel;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.blindread.mpc.tensor.Window;
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

/// Time of one convolution at shapes of DenseNet-121; the multiplications stand in the name.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class RingConvolutionBench {
  /// Shapes: extent, channels in and out, kernel, stride.
  public enum Layer {
    SQUARE_3X3_115_MMAC(56, 64, 64, 3, 1),
    BOTTLENECK_1X1_51_MMAC(28, 512, 128, 1, 1),
    GROWTH_3X3_115_MMAC(56, 128, 32, 3, 1),
    STEM_7X7_118_MMAC(224, 3, 64, 7, 2);

    private final int extent;
    private final int inputs;
    private final int outputs;
    private final int kernel;
    private final int stride;

    Layer(int extent, int inputs, int outputs, int kernel, int stride) {
      this.extent = extent;
      this.inputs = inputs;
      this.outputs = outputs;
      this.kernel = kernel;
      this.stride = stride;
    }
  }

  @Param public Layer layer;

  @Param({"32", "64"})
  public int bits;

  private RingConvolution.Prepared ring;
  private RealConvolution.Prepared real;
  private Window window;
  private List<Integer> extents;
  private long[] longs;
  private long[] longResult;
  private float[] floats;
  private float[] floatResult;

  @Setup
  public void prepare() {
    window = Window.square(layer.kernel, layer.stride, layer.kernel / 2);
    extents = List.of(layer.extent, layer.extent);
    int taps = window.taps();
    SplittableRandom random = new SplittableRandom(1);
    longs = random.longs((long) layer.extent * layer.extent * layer.inputs).toArray();
    int side = window.outputExtents(extents).getFirst();
    longResult = new long[side * side * layer.outputs];
    floats = new float[longs.length];
    floatResult = new float[longResult.length];
    long[] weights = random.longs((long) layer.outputs * taps * layer.inputs).toArray();
    ring = RingConvolution.prepare(weights, layer.outputs, taps, layer.inputs, 1, bits);
    real = RealConvolution.prepare(new float[weights.length], layer.outputs, taps, layer.inputs, 1);
  }

  @Benchmark
  public long[] ring() {
    RingConvolution.apply(ring, longs, extents, window, longResult);
    return longResult;
  }

  @Benchmark
  public float[] real() {
    RealConvolution.apply(real, floats, extents, window, floatResult);
    return floatResult;
  }
}
