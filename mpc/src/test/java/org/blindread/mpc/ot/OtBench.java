package org.blindread.mpc.ot;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.net.ProtocolException;
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

/// Time of both parties' work for one OT, in nanoseconds, on one thread: first one party computes,
/// then the other, over queues in memory; [#leaf] on two.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class OtBench {
  private static final int COUNT = 1 << 15;
  private static final int LEAVES = 1 << 15;

  /// The sources of COTs.
  public enum Source {
    IKNP,
    SOFT_SPOKEN,
    FERRET_B10,
    FERRET_B11,
    FERRET_B12;

    OtExtension extension() {
      return switch (this) {
        case IKNP -> new Iknp();
        case SOFT_SPOKEN -> new SoftSpoken();
        case FERRET_B10 -> new Ferret(LpnParameters.B10);
        case FERRET_B11 -> new Ferret(LpnParameters.B11);
        case FERRET_B12 -> new Ferret(LpnParameters.B12);
      };
    }
  }

  @Param public Source source;

  private final OneOfManyOt leaves = new OneOfManyOt(4, 2);
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final long[] table = new long[16 * 2 * LEAVES / Long.SIZE];
  private final long[] choices = new long[4 * LEAVES / Long.SIZE];
  private OtSender sender;
  private OtReceiver receiver;

  @Setup
  public void prepare() throws Exception {
    Prg.warmUp();
    List<Wire> wires = TwoParties.wires("bench");
    OtExtension extension = source.extension();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<OtSender> s = threads.submit(() -> OtSender.over(extension, wires.get(0)));
      Future<OtReceiver> r = threads.submit(() -> OtReceiver.over(extension, wires.get(1)));
      sender = s.get();
      receiver = r.get();
    }
  }

  @TearDown
  public void end() {
    thread.close();
  }

  /// The party that only sends computes first.
  private void refill() throws ProtocolException {
    switch (source) {
      case IKNP, SOFT_SPOKEN -> {
        receiver.prepare(COUNT);
        sender.prepare(COUNT);
      }
      case FERRET_B10, FERRET_B11, FERRET_B12 -> {
        sender.prepare(COUNT);
        receiver.prepare(COUNT);
      }
    }
  }

  /// Correlated OTs, nothing hashed.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public Object cot() throws ProtocolException {
    refill();
    return List.of(sender.take(COUNT), receiver.take(COUNT));
  }

  /// Random OTs of 64 bits.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public Object randomOt() throws ProtocolException {
    refill();
    return List.of(RandomOt.send(sender, COUNT), RandomOt.receive(receiver, COUNT));
  }

  /// 1-of-16 OTs of 2 bits, the leaves of a comparison, COTs included; a thread for each party.
  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public Object leaf() throws Exception {
    Future<long[]> rows = thread.submit(() -> leaves.receive(receiver, choices, LEAVES));
    leaves.send(sender, table, LEAVES);
    return rows.get();
  }
}
