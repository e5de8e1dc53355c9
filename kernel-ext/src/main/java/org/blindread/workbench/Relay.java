package org.blindread.workbench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.run.Reading;

/// What a party tells the launcher that started it, a line each on its standard output.
///
/// `step IMAGE STEP STEPS LAYER`, at most every 200 ms; `done IMAGE NANOS [ELEMENT,…]`, with the
/// opened ring elements if this party learns them. The launcher is of the same user on the same
/// machine: a simulation that holds every share.
///
/// @param plan what is run
/// @param lines where the lines go
/// @param last when the last step was told, on the clock of [System#nanoTime]
public record Relay(Plan plan, PrintStream lines, AtomicLong last) implements Observer {
  private static final long PAUSE_NANOS = 200_000_000;

  public Relay(Plan plan, PrintStream lines) {
    this(plan, lines, new AtomicLong(System.nanoTime() - PAUSE_NANOS));
  }

  @Override
  public void step(long image, int step, int steps, String layer) {
    long now = System.nanoTime();
    long before = last.get();
    if (now - before >= PAUSE_NANOS && last.compareAndSet(before, now)) {
      say("step %d %d %d %s".formatted(image, step, steps, layer));
    }
  }

  @Override
  public void done(ImageRecord record) {
    String elements =
        Reading.elements(plan, record.opened())
            .map(
                all ->
                    " "
                        + Arrays.stream(all)
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(",")))
            .orElse("");
    say("done %d %d%s".formatted(record.image(), record.nanos(), elements));
  }

  private void say(String line) {
    synchronized (lines) {
      lines.println(line);
      lines.flush();
    }
  }

  /// One line, understood.
  public sealed interface Line {
    /// A step is about to run.
    record Step(long image, int step, int steps, String layer) implements Line {}

    /// An image was read.
    ///
    /// @param elements the opened ring elements, at a party that learns them
    record Done(long image, long nanos, Optional<long[]> elements) implements Line {}
  }

  /// Reads a line; empty if it is none of ours.
  public static Optional<Line> parse(String line) {
    String[] words = line.split(" ", 5);
    try {
      if (words[0].equals("step") && words.length == 5) {
        return Optional.of(
            new Line.Step(
                Long.parseLong(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                words[4]));
      }
      if (words[0].equals("done") && (words.length == 3 || words.length == 4)) {
        Optional<long[]> elements =
            words.length == 3
                ? Optional.empty()
                : Optional.of(
                    Arrays.stream(words[3].split(",", -1)).mapToLong(Long::parseLong).toArray());
        return Optional.of(
            new Line.Done(Long.parseLong(words[1]), Long.parseLong(words[2]), elements));
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
