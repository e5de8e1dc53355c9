package org.blindread.mpc.rlwe;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.blindread.mpc.net.ProtocolException;
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

/// Time of each step of two layers of ResNet-50 that Cheetah's authors time (ℓ = 37, one thread):
/// 3×3 on 56×56×64 to 64, 1×1 on 28×28×512 to 128.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx2g"})
public class HomomorphicConvolutionBench {
  /// The layers.
  public enum Case {
    CONV3X3_56_64_64,
    CONV1X1_28_512_128;

    Layer layer() {
      return this == CONV3X3_56_64_64
          ? Shapes.layer(56, 64, 64, 3, 1, 1, 1)
          : Shapes.layer(28, 512, 128, 1, 1, 0, 1);
    }
  }

  @Param public Case layer;

  /// Of the line, which decides the tiling: 10 Gbit/s, and one that counts every byte.
  @Param({"0.8", "1000"})
  public double nanosPerByte;

  private HomomorphicConvolution step;
  private SecretKey key;
  private PublicKey published;
  private LayerWeights weights;
  private long[] x;
  private byte[] request;
  private Answer answer;

  @Setup
  public void prepare() throws ProtocolException {
    Parameters parameters = new Parameters(ParameterSet.N4096_Q98, 37);
    Layer shape = layer.layer();
    Tiling tiling = TilingSearch.cheapest(parameters, shape, nanosPerByte);
    step = HomomorphicConvolution.of(parameters, shape, tiling);
    key = SecretKey.generate(parameters, Shapes.stream(1));
    published = key.publicKey(Shapes.stream(2));
    SplittableRandom random = new SplittableRandom(3);
    weights = step.weights(Shapes.weights(shape, 8, random), new NoiseBound(parameters, 15));
    x = random.longs(shape.inputLength()).toArray();
    request = step.request(key, x, Shapes.stream(4));
    answer = step.answer(weights, published, request, Shapes.stream(5));
  }

  /// The hospital encrypts.
  @Benchmark
  public byte[] request() throws ProtocolException {
    return step.request(key, x, Shapes.stream(4));
  }

  /// The vendor multiplies and hides.
  @Benchmark
  public Answer answer() throws ProtocolException {
    return step.answer(weights, published, request, Shapes.stream(5));
  }

  /// The hospital decrypts.
  @Benchmark
  public long[] finish() throws ProtocolException {
    return step.finish(key, answer.message());
  }
}
