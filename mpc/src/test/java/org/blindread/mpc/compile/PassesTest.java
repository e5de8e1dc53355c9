package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;

/// What each pass does to a model made for it; that meaning is kept is checked every time.
class PassesTest {
  private static final float[] MIXED = {1.5f, -0.7f, 0, 0.25f};

  private static final float[] SHIFTS = {0.3f, 0.4f, 0.6f, -0.2f};

  private static Model after(Model model, Pass... passes) throws CompileException {
    Model result = model;
    for (Pass pass : passes) {
      result = pass.apply(result);
    }
    for (Map<String, RealTensor> image : RandomModels.images(model.graph(), 3, 5)) {
      List<RealTensor> expected = CompilerTest.outputs(model.toGraph(), image);
      List<RealTensor> actual = CompilerTest.outputs(result.toGraph(), image);
      assertEquals(0, CompilerTest.distance(expected, actual), 1e-4, result::toString);
      ranges(result, image);
    }
    return result;
  }

  /// The carried ranges bound what the model computes (of a sum pooling, a quarter of it).
  private static void ranges(Model model, Map<String, RealTensor> image) {
    Map<String, RealTensor> values = new HashMap<>();
    new Reference(model.toGraph()).run(image, values::put);
    for (Node node : model.graph().nodes()) {
      Extremes range = model.ranges().values().get(node.name());
      float[] channels = Extremes.of(values.get(node.name())).channels();
      assertEquals(channels.length, range.channels().length, node.name());
      float share = model.sums().contains(node.name()) ? 0.25f : 1;
      for (int c = 0; c < channels.length; c++) {
        assertTrue(
            channels[c] * share <= range.channels()[c] * 1.001f + 1e-4f,
            node.name() + " channel " + c + ": " + channels[c] + " > " + range.channels()[c]);
      }
    }
  }

  private static List<String> names(Model model) {
    return model.graph().nodes().stream().map(Node::name).toList();
  }

  private static long count(Model model, Class<? extends Op> kind) {
    return model.graph().nodes().stream().filter(node -> kind.isInstance(node.op())).count();
  }

  private static Node node(Model model, Class<? extends Op> kind) {
    return model.graph().nodes().stream()
        .filter(node -> kind.isInstance(node.op()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNormalisationAfterAConvolutionIsFoldedBackward() throws CompileException {
    Graph graph =
        TestGraph.input(1, 3, 5, 6)
            .conv("c", "x", 4, Window.square(3, 1, 1))
            .norm("n", "c", MIXED, SHIFTS)
            .node("y", new Op.Relu(), "n")
            .output("y");
    Model model =
        after(TestGraph.model(graph), new NormalizeArithmetic(), new FoldBatchNormBackward());
    assertEquals(0, count(model, Op.BatchNorm.class));
    assertEquals(1, count(model, Op.Conv.class));
    assertTrue(model.biasMaps().isEmpty());
  }

  @Test
  void aChainOfConstantsFoldsBackwardAsOne() throws CompileException {
    Graph graph =
        TestGraph.input(1, 3, 5, 6)
            .gaussian("a", 4, 1, 1)
            .gaussian("m", 1, 4, 5, 6)
            .conv("c", "x", 4, Window.square(3, 1, 1))
            .node("map", new Op.Subtract(), "m", "c")
            .node("times", new Op.Multiply(), "map", "a")
            .norm("n", "times", MIXED, SHIFTS)
            .node("y", new Op.Add(), "n", "a")
            .output("y");
    Model model =
        after(TestGraph.model(graph), new NormalizeArithmetic(), new FoldBatchNormBackward());
    assertEquals(1, model.graph().nodes().size(), model::toString);
    assertEquals(1, model.biasMaps().size());
  }

  @Test
  void aConvolutionReadTwiceIsLeftAlone() throws CompileException {
    Graph graph =
        TestGraph.input(1, 3, 5, 6)
            .conv("c", "x", 4, Window.square(3, 1, 1))
            .norm("n", "c", MIXED, SHIFTS)
            .node("y", new Op.Concat(1), "n", "c")
            .output("y");
    Model model =
        after(TestGraph.model(graph), new NormalizeArithmetic(), new FoldBatchNormBackward());
    assertEquals(1, count(model, Op.BatchNorm.class));
    Model convolved = after(model, new FoldBatchNormForward(8), new ConvolveBatchNorm());
    assertEquals(0, count(convolved, Op.BatchNorm.class));
    assertEquals(2, count(convolved, Op.Conv.class));
  }

  private static Graph preActivation(float[] gamma, float[] beta, int padding) {
    return TestGraph.input(1, 4, 5, 6)
        .norm("n", "x", gamma, beta)
        .node("r", new Op.Relu(), "n")
        .conv("c", "r", 3, Window.square(3, 1, padding))
        .node("y", new Op.Concat(1), "c", "c")
        .output("y");
  }

  @Test
  void aNormalisationBeforeReluIsFoldedForward() throws CompileException {
    for (int padding : new int[] {0, 1}) {
      Model model =
          after(
              TestGraph.model(preActivation(MIXED, SHIFTS, padding)),
              new NormalizeArithmetic(),
              new FoldBatchNormBackward(),
              new FoldBatchNormForward(8));
      assertEquals(0, count(model, Op.BatchNorm.class));
      assertEquals(padding == 1, model.biasMaps().containsKey("c"), "a whole map where it pads");
      Thresholds t = model.thresholds().get("r");
      assertEquals(0.3f / 1.5f, t.offset()[0], 1e-6);
      assertEquals(0.4f / -0.7f, t.offset()[1], 1e-6);
      assertEquals(0, t.offset()[2]);
      assertArrayEquals(new boolean[] {false, true, false, false}, t.flips());
    }
  }

  @Test
  void aThresholdBeyondTheRangeIsClampedToEightTimesTheChannel() throws CompileException {
    float[] gamma = {0.001f, 0.001f, -0.001f, -0.001f};
    float[] beta = {1, -1, 1, -1};
    Model before = TestGraph.model(preActivation(gamma, beta, 1));
    Model model = after(before, new NormalizeArithmetic(), new FoldBatchNormForward(8));
    float[] peaks = before.ranges().values().get("x").channels();
    Thresholds t = model.thresholds().get("r");
    assertArrayEquals(
        new float[] {8 * peaks[0], -8 * peaks[1], -8 * peaks[2], 8 * peaks[3]}, t.offset(), 1e-3f);
    after(before, new NormalizeArithmetic(), new FoldBatchNormForward(1));
  }

  @Test
  void theFoldLeavesTheSameStructureForAnyConstants() throws CompileException {
    float[] zeros = {0, 0, 0, 0};
    Pass[] passes = {new NormalizeArithmetic(), new FoldBatchNormForward(8)};
    String expected = after(TestGraph.model(preActivation(MIXED, SHIFTS, 1)), passes).toString();
    for (float[] gamma : new float[][] {zeros, {1, 1, 1, 1}, {-1, 0, -1, 0}}) {
      for (float[] beta : new float[][] {zeros, SHIFTS, {9, 9, -9, -9}}) {
        assertEquals(
            expected, after(TestGraph.model(preActivation(gamma, beta, 1)), passes).toString());
      }
    }
  }

  @Test
  void theForwardFoldPassesPoolingMeansAndReshapesAndServesSeveralConsumers()
      throws CompileException {
    Graph graph =
        TestGraph.input(1, 4, 6, 6)
            .norm("n", "x", MIXED, SHIFTS)
            .node("r", new Op.Relu(), "n")
            .node("p", new Op.AveragePool(Window.square(3, 1, 1), false), "r")
            .conv("c", "p", 3, Window.square(3, 1, 1))
            .conv("d", "r", 3, Window.square(1, 1, 0))
            .node("m", new Op.Mean(List.of(2, 3)), "r")
            .node("flat", new Op.Reshape(Shape.of(1, 4)), "m")
            .gaussian("w", 4, 5)
            .node("y", new Op.MatMul(), "flat", "w")
            .output("c", "d", "y");
    Model model =
        after(
            TestGraph.model(graph),
            new ConvolveMatrixProducts(),
            new NormalizeArithmetic(),
            new FoldBatchNormForward(8));
    assertEquals(0, count(model, Op.BatchNorm.class), model::toString);
    assertEquals(3, count(model, Op.Conv.class));
  }

  @Test
  void aNormalisationThatMeetsANonlinearConsumerBecomesAConvolution() throws CompileException {
    Graph graph =
        TestGraph.input(1, 4, 6, 6)
            .norm("n", "x", MIXED, SHIFTS)
            .node("r", new Op.Relu(), "n")
            .conv("c", "r", 4, Window.square(3, 1, 1))
            .node("y", new Op.Add(), "c", "r")
            .output("y");
    Model model =
        after(
            TestGraph.model(graph),
            new NormalizeArithmetic(),
            new FoldBatchNormForward(8),
            new ConvolveBatchNorm());
    assertTrue(model.thresholds().isEmpty());
    assertEquals(2, count(model, Op.Conv.class));
    assertEquals(4, ((Op.Conv) node(model, Op.Conv.class).op()).groups());
  }

  @Test
  void maxPoolRunsBeforeAReluThatItAloneReads() throws CompileException {
    Graph alone =
        TestGraph.input(1, 2, 7, 7)
            .node("r", new Op.Relu(), "x")
            .node("p", new Op.MaxPool(Window.square(3, 2, 1)), "r")
            .node("y", new Op.Relu(), "p")
            .output("y");
    Model model = after(TestGraph.model(alone), new PoolBeforeRelu());
    assertEquals("p", model.graph().nodes().getFirst().name());
    assertEquals(Shape.of(1, 2, 4, 4), node(model, Op.Relu.class).shape());
    Graph shared =
        TestGraph.input(1, 2, 7, 7)
            .node("r", new Op.Relu(), "x")
            .node("p", new Op.MaxPool(Window.square(3, 2, 1)), "r")
            .output("p", "r");
    assertEquals(
        "r",
        after(TestGraph.model(shared), new PoolBeforeRelu()).graph().nodes().getFirst().name());
  }

  @Test
  void averagePoolingRunsBeforeAPointwiseConvolutionOnly() throws CompileException {
    for (boolean pointwise : new boolean[] {true, false}) {
      Graph graph =
          TestGraph.input(1, 3, 6, 8)
              .conv("c", "x", 4, pointwise ? Window.square(1, 1, 0) : Window.square(3, 1, 1))
              .node("y", new Op.AveragePool(Window.square(2, 2, 0), false), "c")
              .output("y");
      Model model = after(TestGraph.model(graph), new PoolBeforeConvolution());
      assertEquals(pointwise ? 1 : 0, model.sums().size());
      assertEquals(pointwise ? "y" : "c", model.graph().nodes().getFirst().name());
    }
  }

  @Test
  void channelsOfVeryDifferentSizeAreRaisedToOneMagnitude() throws CompileException {
    float[] gamma = {1, 1f / 64, 0.5f, 1f / 512};
    Graph graph =
        TestGraph.input(1, 4, 6, 6)
            .conv("c", "x", 4, Window.square(3, 1, 1))
            .norm("n", "c", gamma, new float[4])
            .node("r", new Op.Relu(), "n")
            .node("s", new Op.Slice(1, 1, 2, 2), "r")
            .node("k", new Op.Concat(1), "r", "s")
            .conv("y", "k", 3, Window.square(1, 1, 0))
            .output("y");
    Model before =
        after(TestGraph.model(graph), new NormalizeArithmetic(), new FoldBatchNormBackward());
    Model model = after(before, new EqualizeChannels(8));
    for (float peak : model.ranges().values().get("c").channels()) {
      assertTrue(peak > 4 && peak <= 8, () -> "a channel reaches " + peak);
    }
    assertEquals(names(before), names(model));
  }

  @Test
  void noFilterIsRaisedBeyondANormOfEight() throws CompileException {
    Graph graph = RandomModels.denseNet(3, 3, 21);
    Model model = TestGraph.model(graph);
    for (Pass pass :
        List.of(
            new ConvolveMatrixProducts(),
            new NormalizeArithmetic(),
            new FoldBatchNormBackward(),
            new FoldBatchNormForward(8),
            new ConvolveBatchNorm())) {
      model = pass.apply(model);
    }
    float before = largestNorm(model);
    Model raised = after(model, new EqualizeChannels(256));
    assertTrue(largestNorm(raised) <= Math.max(8, before) * 1.001f, () -> "" + largestNorm(raised));
  }

  private static float largestNorm(Model model) {
    double largest = 0;
    for (Node node : model.graph().nodes()) {
      if (node.op() instanceof Op.Conv) {
        RealTensor w = model.graph().constants().get(node.operands().get(1));
        int inner = w.shape().inner(0);
        double sum = 0;
        for (int i = 0; i < w.values().length; i++) {
          sum = i % inner == 0 ? 0 : sum;
          sum += (double) w.values()[i] * w.values()[i];
          largest = Math.max(largest, sum);
        }
      }
    }
    return (float) Math.sqrt(largest);
  }

  @Test
  void inputsOutputsAndWhatMeetsAPublicConstantAreNotScaled() throws CompileException {
    Graph graph =
        TestGraph.input(1, 2, 6, 6)
            .node("r", new Op.Relu(), "x")
            .conv("c", "r", 4, Window.square(3, 1, 1))
            .node("k", new Op.Clip(0, 1), "c")
            .conv("y", "k", 3, Window.square(1, 1, 0))
            .output("y");
    Model before = TestGraph.model(graph);
    Model model = after(before, new EqualizeChannels(1024));
    for (String value : List.of("r", "c", "k", "y")) {
      assertArrayEquals(
          before.ranges().values().get(value).channels(),
          model.ranges().values().get(value).channels());
    }
  }

  @Test
  void aModelShowsNoConstant() {
    Model model = TestGraph.model(preActivation(MIXED, SHIFTS, 1));
    assertFalse(model.toString().contains("1.5"), model.toString());
    assertFalse(new Thresholds(MIXED, new boolean[4]).toString().contains("1.5"));
    assertFalse(model.ranges().toString().contains("."));
  }
}
