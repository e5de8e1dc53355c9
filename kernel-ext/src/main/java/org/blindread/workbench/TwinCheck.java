package org.blindread.workbench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.run.Encoding;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.run.Reading;
import org.blindread.mpc.run.Twin;
import org.blindread.mpc.tensor.RingTensor;

/// A secure run's results against those of the cleartext twin on the same images. Only a launcher,
/// which holds model and images, can do this.
///
/// @param images how many were read
/// @param compared how many of them were compared: those in which no value left its range
/// @param equal whether any was compared and all of these have the twin's results bit for bit
/// @param maxUlp the largest difference in units of the last place, overflowed images left out
/// @param overflows layers in which values left their range
public record TwinCheck(
    int images, int compared, boolean equal, long maxUlp, List<OverflowTally.Layer> overflows) {
  public TwinCheck {
    if (compared > images || (equal && (compared == 0 || maxUlp != 0))) {
      throw new IllegalArgumentException(
          "%d of %d images compared, %d ulps".formatted(compared, images, maxUlp));
    }
    overflows = List.copyOf(overflows);
  }

  /// A result to compare: ring elements, or scores where only those are left of an earlier run.
  ///
  /// @param elements as [Reading#elements] gives them
  /// @param scores as [Reading#scores] gives them
  public record Found(Optional<long[]> elements, Optional<double[]> scores) {}

  /// Runs the twin.
  ///
  /// @param found the run's result of an image
  /// @param progress one step an image
  /// @throws java.io.IOException if an image cannot be read
  /// @throws InterruptedException if this thread was interrupted
  public static TwinCheck run(
      Plan plan,
      Map<String, RingTensor> weights,
      Images pixels,
      List<Long> images,
      LongFunction<Found> found,
      int threads,
      Progress progress)
      throws Exception {
    Twin twin = new Twin(plan, weights);
    OverflowTally tally = new OverflowTally();
    AtomicInteger compared = new AtomicInteger();
    AtomicInteger unequal = new AtomicInteger();
    AtomicLong maxUlp = new AtomicLong();
    ImageLoop.each(
        images,
        threads,
        image -> {
          Twin.Result result = twin.read(image, Encoding.encode(plan, pixels.read(image)));
          tally.add(image, result.overflows());
          if (result.overflows().isEmpty()) {
            long[] expected = Reading.elements(plan, result.record().opened()).orElseThrow();
            long ulps = ulps(plan, expected, found.apply(image));
            compared.incrementAndGet();
            unequal.addAndGet(ulps == 0 ? 0 : 1);
            maxUlp.accumulateAndGet(ulps, Math::max);
          }
          progress.step("");
        });
    return new TwinCheck(
        images.size(),
        compared.get(),
        compared.get() > 0 && unequal.get() == 0,
        maxUlp.get(),
        tally.layers());
  }

  private static long ulps(Plan plan, long[] expected, Found found) {
    if (found.elements().isPresent()) {
      long[] elements = found.elements().get();
      long largest = elements.length == expected.length ? 0 : Long.MAX_VALUE;
      for (int i = 0; i < Math.min(elements.length, expected.length); i++) {
        long difference = plan.numbers().signed(elements[i] - expected[i]);
        largest = Math.max(largest, Math.abs(Math.max(difference, -Long.MAX_VALUE)));
      }
      return largest;
    }
    double[] scores = found.scores().orElse(new double[0]);
    double[] twin = Reading.scores(plan, expected);
    if (Arrays.equals(scores, twin)) {
      return 0;
    }
    double largest = scores.length == twin.length ? 0 : Double.MAX_VALUE;
    int scale = Reading.outputs(plan).getFirst().scale();
    for (int i = 0; i < Math.min(scores.length, twin.length); i++) {
      largest = Math.max(largest, Math.abs(scores[i] - twin[i]) * Math.scalb(1.0, scale));
    }
    return Math.max(1, (long) Math.ceil(largest));
  }

  @Override
  public String toString() {
    return text(Mode.FAITHFUL);
  }

  /// The verdict as a sentence: in fast mode a difference is no failure.
  public String text(Mode mode) {
    String difference =
        mode == Mode.FAST
            ? "as far as fast mode goes from the cleartext twin"
            : "NOT equal to the cleartext twin";
    String result =
        equal
            ? "equal to the cleartext twin bit for bit on %d of %d images"
                .formatted(compared, images)
            : compared == 0
                ? "compared with the cleartext twin on none of %d images".formatted(images)
                : "%s: up to %d units of the last place on %d of %d images"
                    .formatted(difference, maxUlp, compared, images);
    return compared == images
        ? result
        : "%s; %d overflowed in layer%s %s: nothing is claimed for them"
            .formatted(
                result,
                images - compared,
                overflows.size() == 1 ? "" : "s",
                String.join(
                    ", ", overflows.stream().map(layer -> "'" + layer.layer() + "'").toList()));
  }
}
