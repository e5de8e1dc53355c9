package org.blindread.mpc.compile;

import static org.blindread.mpc.compile.CompilerTest.count;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Instruction.Head;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;

class LoweringTest {
  private static final FixedPoint NUMBERS = FixedPoint.of(64, 20);

  private static Compiled compiled(Graph graph) throws CompileException {
    return Compiler.compile(graph, TestGraph.model(graph).ranges(), NUMBERS, Options.ownedBy("P2"));
  }

  /// Compiles, runs in the twin and compares with the graph.
  private static Plan equal(Graph graph) throws CompileException {
    Compiled compiled = compiled(graph);
    for (Map<String, RealTensor> image : RandomModels.images(graph, 2, 11)) {
      Map<String, RealTensor> outputs = CompiledTwin.outputs(compiled, image);
      Reference.evaluate(graph, image)
          .forEach(
              (name, expected) -> {
                RealTensor actual = ChannelsLast.back(outputs.get(name), expected.shape());
                double distance = CompilerTest.distance(List.of(expected), List.of(actual));
                assertEquals(0, distance, 1e-3, () -> PlanText.print(compiled.plan()));
              });
    }
    return compiled.plan();
  }

  private static String refusal(Graph graph) {
    return assertThrows(CompileException.class, () -> compiled(graph)).getMessage();
  }

  @Test
  void maxPoolNeverComparesPadding() throws CompileException {
    for (Window window :
        List.of(
            Window.square(3, 2, 1),
            Window.square(2, 1, 1),
            Window.square(1, 2, 0),
            new Window(
                List.of(3, 4), List.of(2, 3), List.of(2, 0), List.of(0, 3), List.of(1, 2)))) {
      RealTensor shift = RealTensor.of(Shape.of(3, 1, 1), -9, -9, -9);
      Graph graph =
          TestGraph.input(1, 3, 7, 11)
              .constant("shift", shift)
              .node("low", new Op.Add(), "x", "shift")
              .node("y", new Op.MaxPool(window), "low")
              .output("y");
      equal(graph);
    }
  }

  @Test
  void aWindowInThePaddingAloneIsRefused() {
    Window window =
        new Window(List.of(2, 2), List.of(1, 1), List.of(2, 0), List.of(0, 0), List.of(1, 1));
    Graph graph = TestGraph.input(1, 1, 4, 4).node("p", new Op.MaxPool(window), "x").output("p");
    Extremes extremes = Extremes.within(1, 1);
    Ranges ranges = new Ranges(32, Map.of("x", extremes, "p", extremes));
    CompileException refusal =
        assertThrows(
            CompileException.class,
            () -> Compiler.compile(graph, ranges, NUMBERS, Options.ownedBy("P2")));
    assertEquals("node 'p' pools a window that lies in the padding", refusal.getMessage());
  }

  @Test
  void averagesCountPaddingOrNot() throws CompileException {
    for (boolean counted : new boolean[] {true, false}) {
      for (Window window : List.of(Window.square(3, 2, 1), Window.square(2, 2, 0))) {
        equal(
            TestGraph.input(1, 2, 6, 7)
                .node("y", new Op.AveragePool(window, counted), "x")
                .output("y"));
      }
    }
  }

  @Test
  void anAverageOverAPowerOfTwoOnlyChangesTheScale() throws CompileException {
    Plan plan =
        equal(TestGraph.input(1, 2, 4, 8).node("y", new Op.Mean(List.of(2, 3)), "x").output("y"));
    assertTrue(PlanText.print(plan).contains("factors=[1] bits=5"), PlanText.print(plan));
  }

  @Test
  void meansOverAnyAxesWork() throws CompileException {
    for (List<Integer> axes :
        List.of(List.of(1), List.of(2), List.of(1, 3), List.of(0, 1, 2, 3), List.of(0))) {
      equal(TestGraph.input(1, 3, 5, 6).node("y", new Op.Mean(axes), "x").output("y"));
    }
    equal(TestGraph.input(1, 7).node("y", new Op.Mean(List.of(1)), "x").output("y"));
    equal(TestGraph.input(3, 7).node("y", new Op.Mean(List.of(0)), "x").output("y"));
    equal(TestGraph.input(3, 7, 2).node("y", new Op.Mean(List.of(0)), "x").output("y"));
  }

  @Test
  void convolutionsOfOneToThreeAxesWithGroupsWork() throws CompileException {
    equal(
        TestGraph.input(1, 4, 9)
            .gaussian("w", 6, 2, 3)
            .node("y", new Op.Conv(Window.of(List.of(3), List.of(2)), 2), "x", "w")
            .output("y"));
    equal(
        TestGraph.input(1, 2, 4, 3, 5)
            .conv("y", "x", 3, Window.of(List.of(2, 1, 3), List.of(1, 1, 2)))
            .output("y"));
  }

  @Test
  void aFlattenedMapIsConvolvedWhole() throws CompileException {
    Plan plan =
        equal(
            TestGraph.input(1, 3, 4, 5)
                .gaussian("w", 60, 7)
                .gaussian("b", 7)
                .node("flat", new Op.Reshape(Shape.of(1, 60)), "x")
                .node("product", new Op.MatMul(), "flat", "w")
                .node("y", new Op.Add(), "product", "b")
                .output("y"));
    assertEquals(0, count(plan, Instruction.Permute.class));
    assertEquals(1, count(plan, Instruction.Convolve.class));
  }

  @Test
  void matrixProductsOfEveryRankWork() throws CompileException {
    equal(
        TestGraph.input(1, 5).gaussian("w", 5, 3).node("y", new Op.MatMul(), "x", "w").output("y"));
    equal(
        TestGraph.input(4, 5).gaussian("w", 5, 3).node("y", new Op.MatMul(), "x", "w").output("y"));
    equal(
        TestGraph.input(1, 4, 5)
            .gaussian("w", 5, 3)
            .gaussian("b", 3)
            .node("p", new Op.MatMul(), "x", "w")
            .node("y", new Op.Add(), "p", "b")
            .output("y"));
  }

  @Test
  void valuesMoveAsTheGraphSays() throws CompileException {
    equal(
        TestGraph.input(1, 2, 3, 4)
            .node("r", new Op.Reshape(Shape.of(1, 4, 3, 2)), "x")
            .node("y", new Op.Transpose(List.of(0, 3, 1, 2)), "r")
            .output("y"));
    equal(TestGraph.input(1, 2, 3, 4).node("y", new Op.Reshape(Shape.of(6, 4)), "x").output("y"));
    equal(
        TestGraph.input(6, 4)
            .node("r", new Op.Reshape(Shape.of(1, 2, 3, 4)), "x")
            .node("y", new Op.Transpose(List.of(2, 0, 3, 1)), "r")
            .node("z", new Op.Reshape(Shape.of(24)), "y")
            .output("z"));
    equal(
        TestGraph.input(1, 5, 4, 6)
            .node("s", new Op.Slice(1, 4, -2, 3), "x")
            .node("t", new Op.Slice(3, 1, 2, 2), "s")
            .node("p", new Op.Pad(List.of(0, 1, 0, 2), List.of(0, 0, 1, 0), -0.5f), "t")
            .node("y", new Op.Concat(2), "p", "p")
            .output("y"));
  }

  @Test
  void reshapesThatUndoOneAnotherVanish() throws CompileException {
    Plan plan =
        equal(
            TestGraph.input(1, 6, 1, 1)
                .node("a", new Op.Reshape(Shape.of(1, 6)), "x")
                .node("b", new Op.Reshape(Shape.of(1, 6, 1, 1)), "a")
                .node("y", new Op.Relu(), "b")
                .output("y"));
    assertEquals(3, plan.steps().size(), PlanText.print(plan));
  }

  @Test
  void leakyReluAndClipBecomeReluWithPublicConstants() throws CompileException {
    equal(
        TestGraph.input(1, 2, 5, 5)
            .conv("c", "x", 3, Window.square(3, 1, 1))
            .node("y", new Op.LeakyRelu(0.01f), "c")
            .output("y"));
    float inf = Float.POSITIVE_INFINITY;
    for (float[] bounds :
        new float[][] {{0, 6}, {-1, 0.5f}, {-inf, 0.3f}, {0.2f, inf}, {0, inf}, {-inf, inf}}) {
      Graph graph =
          TestGraph.input(1, 2, 5, 5)
              .conv("c", "x", 3, Window.square(3, 1, 1))
              .node("y", new Op.Clip(bounds[0], bounds[1]), "c")
              .output("y");
      equal(graph);
    }
  }

  @Test
  void arithmeticWithConstantsWorksAlsoPositionByPosition() throws CompileException {
    for (Op op : List.of(new Op.Add(), new Op.Subtract(), new Op.Multiply(), new Op.Divide())) {
      for (int[] shape : new int[][] {{}, {3, 1, 1}, {1, 3, 4, 5}, {5}, {4, 1}}) {
        Random01 c = new Random01(Shape.of(shape));
        equal(
            TestGraph.input(1, 3, 4, 5)
                .constant("c", c.tensor())
                .node("y", op, "x", "c")
                .output("y"));
        if (!(op instanceof Op.Divide)) {
          equal(
              TestGraph.input(1, 3, 4, 5)
                  .constant("c", c.tensor())
                  .conv("x2", "x", 3, Window.square(1, 1, 0))
                  .node("y", op, "c", "x2")
                  .output("y"));
        }
      }
    }
  }

  /// Constants away from zero.
  private record Random01(Shape shape) {
    RealTensor tensor() {
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i % 2 == 0 ? 1 : -1) * (0.5f + i % 7 * 0.25f);
      }
      return new RealTensor(shape, values);
    }
  }

  @Test
  void aValueReadTwiceIsTruncatedOnce() throws CompileException {
    Plan plan =
        equal(
            TestGraph.input(1, 2, 4, 4)
                .conv("a", "x", 3, Window.square(1, 1, 0))
                .conv("b", "a", 3, Window.square(3, 1, 1))
                .conv("c", "a", 3, Window.square(1, 1, 0))
                .node("y", new Op.Add(), "b", "c")
                .output("y"));
    assertEquals(2, count(plan, Instruction.Truncate.class), PlanText.print(plan));
  }

  @Test
  void broadcastSumsOfTwoValuesRepeatTheSmaller() throws CompileException {
    equal(
        TestGraph.input(1, 3, 4, 5)
            .node("m", new Op.Mean(List.of(2, 3)), "x")
            .node("n", new Op.Slice(1, 1, 1, 1), "x")
            .node("s", new Op.Subtract(), "m", "x")
            .node("y", new Op.Add(), "n", "s")
            .output("y"));
  }

  @Test
  void severalOutputsAndHeadsWork() throws CompileException {
    Plan plan =
        equal(
            TestGraph.input(1, 6)
                .gaussian("w", 6, 3)
                .node("logits", new Op.MatMul(), "x", "w")
                .node("p", new Op.Softmax(1), "logits")
                .output("p", "logits"));
    List<Instruction.Output> outputs =
        plan.steps().stream()
            .filter(step -> step.instruction() instanceof Instruction.Output)
            .map(step -> (Instruction.Output) step.instruction())
            .toList();
    assertEquals("p", outputs.get(0).name());
    assertEquals(Head.SOFTMAX, outputs.get(0).head());
    assertEquals("logits", outputs.get(1).name());
    assertEquals(Head.NONE, outputs.get(1).head());
  }

  @Test
  void theLargestIsFoundAlongEveryAxis() throws CompileException {
    equal(TestGraph.input(1, 6).node("y", new Op.ArgMax(1), "x").output("y"));
    for (int axis = 1; axis < 4; axis++) {
      equal(TestGraph.input(1, 3, 4, 5).node("y", new Op.ArgMax(axis), "x").output("y"));
    }
    equal(TestGraph.input(3, 4).node("y", new Op.ArgMax(0), "x").output("y"));
    equal(
        TestGraph.input(1, 3, 4, 5)
            .node("place", new Op.ArgMax(1), "x")
            .node("y", new Op.Reshape(Shape.of(1, 4, 5)), "place")
            .output("y"));
  }

  @Test
  void theLargestIsFoundBeforeASoftmaxAndWithoutATruncation() throws CompileException {
    Plan plan =
        equal(
            TestGraph.input(1, 6)
                .gaussian("w", 6, 14)
                .node("logits", new Op.MatMul(), "x", "w")
                .node("p", new Op.Softmax(1), "logits")
                .node("y", new Op.ArgMax(1), "p")
                .output("y"));
    assertEquals(1, count(plan, Instruction.ArgMax.class));
    assertEquals(0, count(plan, Instruction.Truncate.class));
  }

  @Test
  void aPlaceIsAnOutputOnly() {
    String read =
        refusal(
            TestGraph.input(1, 6)
                .node("place", new Op.ArgMax(1), "x")
                .node("y", new Op.Relu(), "place")
                .output("y"));
    assertTrue(read.contains("'y'") && read.contains("'place'"), read);
    String batch = refusal(TestGraph.input(1, 6).node("y", new Op.ArgMax(0), "x").output("y"));
    assertTrue(batch.contains("batch axis"), batch);
  }

  @Test
  void theStudysAveragesAreFloorsOfExactQuotients() throws CompileException {
    Profile study = Profile.named("soin2021");
    Graph graph =
        TestGraph.input(1, 2, 7, 5)
            .node("y", new Op.AveragePool(Window.square(3, 2, 1), true), "x")
            .output("y");
    Compiled compiled = study(study, graph);
    assertEquals(1, count(compiled.plan(), Instruction.Divide.class));
    Map<String, RealTensor> image = RandomModels.images(graph, 1, 11).getFirst();
    float[] x = image.get("x").values();
    float[] y =
        ChannelsLast.back(CompiledTwin.outputs(compiled, image).get("y"), graph.shape("y"))
            .values();
    for (int i = 0; i < y.length; i++) {
      int c = i / 12;
      int top = i % 12 / 3 * 2 - 1;
      int left = i % 3 * 2 - 1;
      long sum = 0;
      for (int row = Math.max(top, 0); row < Math.min(top + 3, 7); row++) {
        for (int column = Math.max(left, 0); column < Math.min(left + 3, 5); column++) {
          sum += study.numbers().encode(x[c * 35 + row * 5 + column], 15);
        }
      }
      assertEquals(Math.floorDiv(sum, 9), (long) Math.scalb(y[i], 15), "value " + i);
    }
  }

  @Test
  void theStudysPoolingsStayBehindTheirConvolutions() throws CompileException {
    Plan plan =
        study(
                Profile.named("soin2021"),
                TestGraph.input(1, 2, 8, 8)
                    .conv("c", "x", 3, Window.square(1, 1, 0))
                    .node("p", new Op.AveragePool(Window.square(2, 2, 0), false), "c")
                    .node("r", new Op.Relu(), "p")
                    .node("y", new Op.Mean(List.of(2, 3)), "r")
                    .output("y"))
            .plan();
    List<Integer> divisors =
        plan.steps().stream()
            .filter(step -> step.instruction() instanceof Instruction.Divide)
            .map(step -> ((Instruction.Divide) step.instruction()).divisor())
            .toList();
    assertEquals(List.of(4, 16), divisors);
    assertEquals(0, count(plan, Instruction.Scale.class));
    assertEquals(2, count(plan, Instruction.SumPool.class));
  }

  private static Compiled study(Profile study, Graph graph) throws CompileException {
    return Compiler.compile(
        graph,
        TestGraph.model(graph).ranges(),
        study.numbers(),
        study.options("P2").allowingUnsafeRange());
  }

  @Test
  void whatHasNoSecureFormIsRefusedByName() {
    String product =
        refusal(
            TestGraph.input(1, 2, 3, 3)
                .node("square", new Op.Multiply(), "x", "x")
                .output("square"));
    assertTrue(product.contains("'square'"), product);
    String sigmoid =
        refusal(
            TestGraph.input(1, 2)
                .node("gate", new Op.Sigmoid(), "x")
                .node("y", new Op.Relu(), "gate")
                .output("y"));
    assertTrue(sigmoid.contains("'y'") && sigmoid.contains("'gate'"), sigmoid);
    String matrices =
        refusal(
            TestGraph.input(3, 3).node("attention", new Op.MatMul(), "x", "x").output("attention"));
    assertTrue(matrices.contains("'attention'"), matrices);
    String batch =
        refusal(
            TestGraph.input(1, 2, 3, 3).node("batch", new Op.Concat(0), "x", "x").output("batch"));
    assertTrue(batch.contains("'batch'"), batch);
    String quotient =
        refusal(
            TestGraph.input(1, 2, 3, 3)
                .gaussian("c", 2, 1, 1)
                .node("inverse", new Op.Divide(), "c", "x")
                .output("inverse"));
    assertTrue(quotient.contains("'inverse'"), quotient);
  }
}
