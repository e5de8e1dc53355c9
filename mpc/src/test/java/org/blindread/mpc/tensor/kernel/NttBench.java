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

/// Time of one negacyclic transform modulo a prime of 49 bits, each way, and of one product in
/// slots, in both forms.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class NttBench {
  /// The forms.
  public enum Form {
    SCALAR,
    VECTOR;

    NttLoops loops(NttRoot root) {
      return this == SCALAR ? new ScalarNtt(root) : new VectorNtt(root);
    }
  }

  @Param public Form form;

  @Param({"4096", "8192"})
  public int degree;

  private NttLoops loops;
  private double[] a;
  private double[] b;
  private double[] sum;
  private double[] inputs;

  @Setup
  public void prepare() {
    PrimeField field = PrimeField.withRoots(49, 2 * degree, 1).getFirst();
    loops = form.loops(NttRoot.of(field, degree));
    SplittableRandom random = new SplittableRandom(1);
    a = random.longs(degree, 0, field.prime()).mapToDouble(field::centred).toArray();
    b = a.clone();
    sum = a.clone();
    inputs = random.longs(2L * degree, 0, field.prime()).mapToDouble(field::centred).toArray();
  }

  /// Coefficients to slots.
  @Benchmark
  public double[] forward() {
    loops.forward(a, 0);
    return a;
  }

  /// Slots to coefficients.
  @Benchmark
  public double[] inverse() {
    loops.inverse(a, 0);
    return a;
  }

  /// sum += a·b in slots.
  @Benchmark
  public double[] multiplyAdd() {
    loops.multiplyAdd(a, 0, b, 0, sum, 0);
    return sum;
  }

  /// Sums of N/16 products in a panel of two columns, 2N products.
  @Benchmark
  public double[] sumProducts() {
    loops.sumProducts(inputs, 0, b, 0, degree / NttLoops.PANEL, sum, sum, 0);
    return sum;
  }

  /// The same with one factor a panel.
  @Benchmark
  public double[] sumMultiples() {
    loops.sumMultiples(inputs, 0, b, 0, degree / NttLoops.PANEL, sum, sum, 0);
    return sum;
  }
}
