package org.blindread.mpc.ot;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Time of one multiply-accumulate of a product by OTs, in nanoseconds, COTs of SoftSpoken
/// included; a thread for each party, over queues in memory.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ObliviousProductBench {
  private static final int ROWS = 8;
  private static final int INNER = 72;
  private static final int COLUMNS = 256;

  @Param({"32", "64"})
  public int bits;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Prg random = new Prg(Seed.fresh());
  private TwoWayOt vendor;
  private TwoWayOt hospital;

  @Setup
  public void prepare() throws Exception {
    Prg.warmUp();
    List<Wire> wires = TwoParties.wires("bench");
    Future<TwoWayOt> theirs = thread.submit(() -> TwoWayOt.over(new SoftSpoken(), wires.get(1)));
    vendor = TwoWayOt.over(new SoftSpoken(), wires.get(0));
    hospital = theirs.get();
  }

  @TearDown
  public void end() {
    thread.close();
  }

  /// 3×3 over 8 channels of 16×16 pixels to 8 channels: the bits of the weights choose.
  @Benchmark
  @OperationsPerInvocation(ROWS * INNER * COLUMNS)
  public Object convolution() throws Exception {
    return multiply(new ObliviousProduct(1, ROWS, INNER, COLUMNS, bits));
  }

  /// A dense layer of 2304 numbers to 64: the bits of the input choose.
  @Benchmark
  @OperationsPerInvocation(ROWS * INNER * COLUMNS)
  public Object dense() throws Exception {
    return multiply(new ObliviousProduct(1, 64, ROWS * INNER * COLUMNS / 64, 1, bits));
  }

  private Object multiply(ObliviousProduct product) throws Exception {
    long[] w = random.words(product.rows() * product.inner());
    long[] x = random.words(product.inner() * product.columns());
    Future<long[]> theirs = thread.submit(() -> product.hospital(hospital, x));
    long[] mine = product.vendor(vendor, w);
    return List.of(mine, theirs.get());
  }
}
