package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.blindread.mpc.compile.Calibration;
import org.blindread.mpc.compile.Ranges;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Measures the extremes of every value of a model on the vendor's images.
public final class CalibrationRun {
  private CalibrationRun() {}

  /// Measures.
  ///
  /// @return the model's card with the ranges
  /// @throws IOException if an image cannot be read
  /// @throws InterruptedException if this thread was interrupted
  public static ModelCard run(VendorModel model, Worklist worklist)
      throws IOException, InterruptedException {
    return run(model, worklist, ConsoleProgress.standard());
  }

  /// Measures.
  ///
  /// @param sink where progress is told
  /// @return the model's card with the ranges
  /// @throws IOException if an image cannot be read
  /// @throws InterruptedException if this thread was interrupted
  static ModelCard run(VendorModel model, Worklist worklist, ProgressSink sink)
      throws IOException, InterruptedException {
    String input = model.graph().inputs().keySet().iterator().next();
    Shape shape = model.graph().inputs().get(input);
    try (Progress progress = Progress.of(sink, "images of the calibration", worklist.size())) {
      Iterator<Map<String, RealTensor>> images =
          IntStream.range(0, worklist.size())
              .mapToObj(image -> Map.of(input, read(worklist, image, shape, progress)))
              .iterator();
      Ranges ranges = Calibration.measure(model.graph(), () -> images);
      return new ModelCard(
          model.card().open(), ranges, model.card().origin(), model.card().licence());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (Interrupted e) {
      throw new InterruptedException();
    }
  }

  /// Carries an interruption through the iterator.
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static RealTensor read(Worklist worklist, int image, Shape shape, Progress progress) {
    if (Thread.interrupted()) {
      throw new Interrupted();
    }
    try {
      RealTensor pixels = worklist.images().read(image).as(shape);
      progress.step("");
      return pixels;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
