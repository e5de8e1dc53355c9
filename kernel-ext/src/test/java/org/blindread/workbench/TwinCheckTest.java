package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.run.Encoding;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.run.Reading;
import org.blindread.mpc.run.Twin;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.workbench.cli.TinyStudy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a run is said of what was compared, and of nothing else.
final class TwinCheckTest {
  /// So bright that the scores leave 32 bits.
  private static final float BRIGHT = 1e5f;

  @TempDir private static Path folder;
  private static VendorModel model;
  private static Compiled compiled;

  @BeforeAll
  static void compile() throws Exception {
    model = VendorModel.load(TinyStudy.in(folder).model.toString(), Optional.empty());
    compiled = Precision.of(32, 9, true).compile(model);
  }

  /// Checks four images of which some are too bright, against the twin's elements, changed.
  private static TwinCheck check(List<Long> bright, LongUnaryOperator change) throws Exception {
    Images pixels =
        image -> {
          RealTensor usual = Worklist.seededImage(model.image(), 1, image);
          float[] values = usual.values().clone();
          for (int i = 0; i < values.length; i++) {
            values[i] *= bright.contains(image) ? BRIGHT : 1;
          }
          return new RealTensor(usual.shape(), values);
        };
    Twin twin = new Twin(compiled.plan(), compiled.weights());
    List<Long> images = List.of(0L, 1L, 2L, 3L);
    try (Progress progress = Progress.of("images", images.size())) {
      return TwinCheck.run(
          compiled.plan(),
          compiled.weights(),
          pixels,
          images,
          image ->
              new TwinCheck.Found(
                  Optional.of(found(twin, pixels, image, change)), Optional.empty()),
          1,
          progress);
    }
  }

  private static long[] found(Twin twin, Images pixels, long image, LongUnaryOperator change) {
    try {
      var record = twin.read(image, Encoding.encode(compiled.plan(), pixels.read(image))).record();
      long[] elements = Reading.elements(compiled.plan(), record.opened()).orElseThrow();
      elements[0] = change.applyAsLong(elements[0]);
      return elements;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void equalMeansThatEveryImageWasCompared() throws Exception {
    TwinCheck check = check(List.of(), element -> element);
    assertTrue(check.equal());
    assertEquals(4, check.compared());
    assertEquals("equal to the cleartext twin bit for bit on 4 of 4 images", check.toString());
  }

  @Test
  void nothingIsClaimedForAnImageThatOverflowed() throws Exception {
    TwinCheck check = check(List.of(1L, 3L), element -> element);
    assertTrue(check.equal());
    assertEquals(2, check.compared());
    assertEquals(4, check.images());
    assertTrue(
        check.toString().contains("on 2 of 4 images; 2 overflowed in layer"), check.toString());
    assertTrue(check.toString().endsWith("nothing is claimed for them"), check.toString());
  }

  @Test
  void aRunOfWhichNothingWasComparedIsNotEqual() throws Exception {
    TwinCheck check = check(List.of(0L, 1L, 2L, 3L), element -> element);
    assertFalse(check.equal());
    assertEquals(0, check.compared());
    assertTrue(check.toString().contains("none of 4 images"), check.toString());
  }

  @Test
  void aDifferenceIsCountedInUnitsOfTheLastPlace() throws Exception {
    TwinCheck check = check(List.of(2L), element -> element + 3);
    assertFalse(check.equal());
    assertEquals(3, check.maxUlp());
    assertEquals(3, check.compared());
  }
}
