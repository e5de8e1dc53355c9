package org.blindread.workbench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.run.Encoding;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.run.Protocols;
import org.blindread.mpc.run.Reading;
import org.blindread.mpc.run.Twin;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Shape;

/// Looks at the machine it runs on.
public final class Doctor {
  private static final int WORDS = 1 << 20;
  private static final int ROUNDS = 40;
  private static final int SIDE = 16;

  private Doctor() {}

  /// One thing that was looked at.
  ///
  /// @param what its name
  /// @param found what was found
  /// @param well whether it is as it should be
  public record Finding(String what, String found, boolean well) {
    @Override
    public String toString() {
      return "%s %-18s %s".formatted(well ? "ok  " : "BAD ", what, found);
    }
  }

  /// Looks at everything; takes a few seconds.
  public static List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    Runtime runtime = Runtime.getRuntime();
    int cores = runtime.availableProcessors();
    findings.add(
        new Finding("JDK", Runtime.version().toString(), Runtime.version().feature() >= 25));
    findings.add(
        new Finding(
            "cores", cores + (cores < 2 ? "; three parties on one core are slow" : ""), true));
    findings.add(
        new Finding(
            "memory of the JVM",
            "%d MB at most".formatted(runtime.maxMemory() >> 20),
            runtime.maxMemory() > 256L << 20));
    boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    findings.add(
        new Finding(
            "Vector API",
            vector
                ? "there"
                : "missing, the scalar kernels serve; start with --add-modules jdk.incubator.vector",
            vector));
    findings.add(aes());
    findings.add(new Finding("native transport", transport(), true));
    findings.add(protocols());
    ServiceLoader.load(Examination.class).forEach(each -> findings.addAll(each.examine()));
    return findings;
  }

  private static Finding aes() {
    Prg prg = new Prg(Seed.fresh());
    long[] words = new long[WORDS];
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = System.nanoTime();
      prg.fill(words, 0, WORDS);
      best = Math.min(best, (System.nanoTime() - before) * 1e-9);
    }
    double gigabytes = 8e-9 * WORDS / best;
    return new Finding(
        "AES",
        String.format(
            Locale.ROOT,
            "%.1f GB/s%s",
            gigabytes,
            gigabytes < 1 ? "; no AES instructions? secure runs are slow" : ""),
        true);
  }

  private static String transport() {
    String name = System.getProperty("os.name");
    if (name.equals("Linux")) {
      return epoll() ? "epoll, Unix sockets" : "NIO (no epoll library), Unix sockets";
    }
    return "NIO, Unix sockets";
  }

  private static boolean epoll() {
    try {
      return (Boolean)
          Class.forName("io.netty.channel.epoll.Epoll").getMethod("isAvailable").invoke(null);
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  /// A ReLU between three local parties, against the twin. Also what a kernel is asked to do.
  public static Finding protocols() {
    FixedPoint numbers = FixedPoint.of(64, 20);
    Shape shape = Shape.of(SIDE, SIDE, 1);
    int half = numbers.fractionBits();
    Plan plan =
        new Plan(
            "doctor",
            numbers,
            List.of(
                new Step(
                    "image", new Instruction.Input(Party.HOSPITAL.name(), "image"), shape, half),
                new Step(
                    "scale",
                    new Instruction.Scale(0, List.of(3L << (half - 1)), half),
                    shape,
                    2 * half),
                new Step(
                    "relu",
                    new Instruction.Relu(1, OptionalInt.empty(), OptionalInt.empty(), half),
                    shape,
                    half),
                new Step("y", new Instruction.Output(2, "y", Instruction.Head.NONE), shape, half)));
    SecureJob job =
        new SecureJob(
            "doctor",
            Protocols.of("3pc"),
            new Terms(numbers, Mode.FAITHFUL, Reveal.HOSPITAL),
            plan,
            1);
    Images images = Worklist.seeded(Shape.of(1, SIDE, SIDE), 1, 1).images();
    try {
      Map<Long, Optional<long[]>> opened = new ConcurrentHashMap<>();
      long before = System.nanoTime();
      var _ =
          LocalParties.run(
              job,
              Map.of(),
              images,
              new HashMap<>(),
              _ -> Observer.none(),
              new Observer() {
                @Override
                public void step(long image, int step, int steps, String layer) {}

                @Override
                public void done(ImageRecord record) {
                  opened.put(record.image(), Reading.elements(plan, record.opened()));
                }
              });
      double millis = (System.nanoTime() - before) * 1e-6;
      Twin.Result twin = new Twin(plan, Map.of()).read(0, Encoding.encode(plan, images.read(0)));
      long[] expected = Reading.elements(plan, twin.record().opened()).orElseThrow();
      boolean equal =
          opened.containsKey(0L)
              && java.util.Arrays.equals(expected, opened.get(0L).orElse(new long[0]));
      return new Finding(
          "3pc",
          "a ReLU of %d values between three local parties %s (%.0f ms, cold)"
              .formatted(shape.size(), equal ? "equals the twin" : "DIFFERS FROM THE TWIN", millis),
          equal);
    } catch (Exception e) {
      return new Finding("3pc", "failed: " + e.getMessage(), false);
    }
  }
}
