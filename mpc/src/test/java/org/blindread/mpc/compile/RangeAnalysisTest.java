package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Shape;
import org.junit.jupiter.api.Test;

class RangeAnalysisTest {
  private static final Options OPTIONS = Options.ownedBy("P2");

  private static final Shape SHAPE = Shape.of(1, 2, 3, 3);

  private static final Graph GRAPH =
      new Graph(
          "one",
          Map.of("x", SHAPE),
          Map.of(),
          List.of(
              new Node("relu", new Op.Relu(), List.of("x"), SHAPE),
              new Node("sum", new Op.Add(), List.of("relu", "relu"), SHAPE)),
          List.of("sum"));

  private static Ranges reaching(float magnitude, int images) {
    return new Ranges(
        images,
        Map.of(
            "x",
            new Extremes(-1, 1, new float[] {1, 1}),
            "relu",
            new Extremes(0, 1, new float[] {1, 1}),
            "sum",
            new Extremes(-magnitude, 2, new float[] {magnitude, 2})));
  }

  private static String refusal(float magnitude, int images, FixedPoint numbers) {
    return assertThrows(
            CompileException.class,
            () -> Compiler.compile(GRAPH, reaching(magnitude, images), numbers, OPTIONS))
        .getMessage();
  }

  @Test
  void anExtremeOf15AndAHalfFits32BitsAtScale11ButNotAtScale12() throws CompileException {
    String message = refusal(15.4f, 32, FixedPoint.of(32, 12));
    assertTrue(message.contains("'sum'") && message.contains("-15.4"), message);
    assertTrue(message.contains("33 bits would do"), message);
    assertTrue(message.contains("scale 11 at this width"), message);
    Compiled compiled =
        Compiler.compile(GRAPH, reaching(15.4f, 32), FixedPoint.of(32, 11), OPTIONS);
    assertEquals(1, compiled.report().spareBits());
    assertTrue(compiled.report().safe());
  }

  @Test
  void aPowerOfTwoNeedsTheNextBit() {
    assertEquals(4, RangeAnalysis.integerBits(15.99f));
    assertEquals(5, RangeAnalysis.integerBits(16));
    assertEquals(0, RangeAnalysis.integerBits(0.9f));
    assertEquals(1, RangeAnalysis.integerBits(1));
    assertEquals(0, RangeAnalysis.integerBits(0));
    assertEquals(11, RangeAnalysis.largestScale(15.4f, 32));
    assertEquals(27, RangeAnalysis.largestScale(15.4f, 64));
  }

  @Test
  void fewerThan32ImagesAreRefused() {
    String message = refusal(1, 31, FixedPoint.of(64, 20));
    assertTrue(message.contains("31 images"), message);
  }

  @Test
  void anUnsafeRangeIsCompiledOnlyOnRequestAndIsReported() throws CompileException {
    Profile study = Profile.named("soin2021");
    Compiled compiled =
        Compiler.compile(
            GRAPH, reaching(15.4f, 20), study.numbers(), study.options("P2").allowingUnsafeRange());
    assertFalse(compiled.report().safe());
    assertEquals(2, compiled.report().warnings().size());
    assertTrue(compiled.report().toText().contains("UNSAFE"), compiled.report().toText());
  }

  @Test
  void aMissingRangeIsNamed() {
    Ranges none = new Ranges(32, Map.of("x", new Extremes(-1, 1, new float[] {1, 1})));
    CompileException e =
        assertThrows(
            CompileException.class,
            () -> Compiler.compile(GRAPH, none, FixedPoint.of(64, 20), OPTIONS));
    assertTrue(e.getMessage().contains("'relu'"), e.getMessage());
  }

  @Test
  void theAutomaticScaleIsTheLargestThatIsNotRefused() throws CompileException {
    FixedPoint widest = Compiler.widest(GRAPH, reaching(15.4f, 32), 32, OPTIONS);
    assertEquals(FixedPoint.of(32, 11), widest);
    Compiler.compile(GRAPH, reaching(15.4f, 32), widest, OPTIONS);
    refusal(15.4f, 32, FixedPoint.of(32, 12));
  }

  @Test
  void profilesAreFoundByNameAndAnUnknownNameListsThem() {
    assertEquals(FixedPoint.of(41, 12), Profile.named("athos").numbers());
    assertEquals(
        new FixedPoint(35, 15, FixedPoint.Rounding.FLOOR), Profile.named("soin2021").numbers());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Profile.named("fast"));
    assertTrue(e.getMessage().contains("densenet121"), e.getMessage());
  }
}
