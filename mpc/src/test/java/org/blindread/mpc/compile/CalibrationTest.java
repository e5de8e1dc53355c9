package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /// A 1×1 convolution of two channels, c0 = x0 + 2·x1 + 0.5 and c1 = −3·x0 − 1, then its ReLU and
  /// the four values as a row.
  private static Graph graph() {
    return TestGraph.input(1, 2, 1, 2)
        .constant("w", RealTensor.of(Shape.of(2, 2, 1, 1), 1, 2, -3, 0))
        .constant("b", RealTensor.of(Shape.of(2), 0.5f, -1))
        .node("c", new Op.Conv(Window.square(1, 1, 0), 1), "x", "w", "b")
        .node("r", new Op.Relu(), "c")
        .node("y", new Op.Reshape(Shape.of(4)), "r")
        .output("y");
  }

  private static Map<String, RealTensor> image(float... pixels) {
    return Map.of("x", new RealTensor(Shape.of(1, 2, 1, 2), pixels));
  }

  private static void extremes(Ranges ranges, String value, float min, float max, float... peaks) {
    Extremes extremes = ranges.values().get(value);
    assertEquals(min, extremes.min(), value);
    assertEquals(max, extremes.max(), value);
    assertArrayEquals(peaks, extremes.channels(), value);
  }

  @Test
  void oneImageGivesTheExtremesOfItsValuesAndOfEachChannel() {
    // x0 = (1, −2), x1 = (0.5, 4): c0 = (2.5, 6.5), c1 = (−4, 5).
    Ranges ranges = Calibration.measure(graph(), List.of(image(1, -2, 0.5f, 4)));
    assertEquals(1, ranges.images());
    extremes(ranges, "x", -2, 4, 2, 4);
    extremes(ranges, "c", -4, 6.5f, 6.5f, 5);
    extremes(ranges, "r", 0, 6.5f, 6.5f, 5);
    extremes(ranges, "y", 0, 6.5f);
  }

  @Test
  void severalImagesAreJoinedChannelByChannel() {
    // x0 = (3, 0), x1 = (−1, −7): c0 = (1.5, −13.5), c1 = (−10, −1).
    Ranges ranges =
        Calibration.measure(graph(), List.of(image(1, -2, 0.5f, 4), image(3, 0, -1, -7)));
    assertEquals(2, ranges.images());
    extremes(ranges, "x", -7, 4, 3, 7);
    extremes(ranges, "c", -13.5f, 6.5f, 13.5f, 10);
    extremes(ranges, "r", 0, 6.5f, 6.5f, 5);
    extremes(ranges, "y", 0, 6.5f);
  }

  @Test
  void inputsAndNodesAreMeasuredAndConstantsAreNot() {
    Ranges ranges = Calibration.measure(graph(), List.of(image(0, 0, 0, 0)));
    assertEquals(Set.of("x", "c", "r", "y"), ranges.values().keySet());
  }

  @Test
  void withoutAnImageNothingIsMeasured() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Calibration.measure(graph(), List.of()))
            .getMessage();
    assertTrue(message.contains("at least one image"), message);
  }
}
