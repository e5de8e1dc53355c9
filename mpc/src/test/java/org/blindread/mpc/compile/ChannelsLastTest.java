package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.junit.jupiter.api.Test;

class ChannelsLastTest {
  @Test
  void channelsMoveBehindTheSpatialAxes() {
    RealTensor x = RealTensor.of(Shape.of(1, 2, 1, 3), 1, 2, 3, 4, 5, 6);
    RealTensor y = ChannelsLast.of(x);
    assertEquals(Shape.of(1, 3, 2), y.shape());
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, y.values());
  }

  @Test
  void vectorsAndMatricesKeepTheirLayout() {
    assertEquals(Shape.of(7), ChannelsLast.of(Shape.of(1, 7)));
    assertEquals(Shape.of(3, 7), ChannelsLast.of(Shape.of(3, 7)));
    assertEquals(Shape.of(7), ChannelsLast.of(Shape.of(7)));
    assertEquals(Shape.of(), ChannelsLast.of(Shape.of()));
  }

  @Test
  void thereAndBackIsTheSame() {
    Random random = new Random(7);
    for (Shape shape :
        List.of(Shape.of(1, 3, 5, 2), Shape.of(1, 4), Shape.of(1, 3, 2, 2, 5), Shape.of(2, 3, 4))) {
      RealTensor x = RandomModels.gaussian(random, shape, 1);
      RealTensor back = ChannelsLast.back(ChannelsLast.of(x), shape);
      assertEquals(shape, back.shape());
      assertArrayEquals(x.values(), back.values());
    }
  }
}
