package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.compile.Ranges;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.zoo.BenchmarkNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SecureModelTest {
  private static final String NETWORK = "squeezenet1.1@32";
  private static final Graph GRAPH = BenchmarkNetworks.of(NETWORK);
  private static final List<float[]> IMAGES = images(100, 2);
  private static final SecureModel MODEL =
      SecureModel.of(GRAPH, new Ranges(0, Map.of())).calibrate(images(0, 32));

  private static List<float[]> images(int seed, int count) {
    List<float[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(BenchmarkNetworks.image(Shape.of(3, 32, 32), seed + i).values());
    }
    return images;
  }

  @ParameterizedTest
  @EnumSource(Reveal.class)
  void threePartiesReadWhatTheTwinReadsForThoseWhoLearnIt(Reveal reveal) throws Exception {
    Outcome twin = MODEL.with("plain", reveal).predict(IMAGES);
    Outcome secure = MODEL.with("3pc", reveal).predict(IMAGES);
    assertEquals(List.of(), twin.overflows());
    for (Party party : List.of(Party.HELPER, Party.VENDOR, Party.HOSPITAL)) {
      assertEquals(reveal.to(party), secure.scores(party).isPresent(), party::name);
      assertEquals(reveal.to(party), twin.scores(party).isPresent(), party::name);
      if (reveal.to(party)) {
        for (int i = 0; i < IMAGES.size(); i++) {
          assertArrayEquals(
              twin.scores(party).get().get(i), secure.scores(party).get().get(i), party.name());
        }
      }
    }
    assertEquals(2, secure.seconds().size());
  }

  @Test
  void scoresAreThoseOfTheModel() throws Exception {
    List<double[]> scores =
        MODEL.with("plain", Reveal.BOTH).predict(IMAGES).scores(Party.VENDOR).orElseThrow();
    for (int i = 0; i < IMAGES.size(); i++) {
      RealTensor image = new RealTensor(Shape.of(1, 3, 32, 32), IMAGES.get(i));
      float[] expected =
          Reference.evaluate(GRAPH, Map.of("image", image))
              .get(GRAPH.outputs().getFirst())
              .values();
      for (int k = 0; k < expected.length; k++) {
        assertEquals(expected[k], scores.get(i)[k], 0x1p-10);
      }
    }
  }

  @Test
  void trafficIsThatOfTheImages() throws Exception {
    BlindReader reader = MODEL.with("3pc", Reveal.HOSPITAL);
    Protocol protocol = Protocols.of("3pc");
    Cost once = Cost.NONE;
    Terms terms = new Terms(reader.compiled().plan().numbers(), Mode.FAITHFUL, Reveal.HOSPITAL);
    for (Cost cost : protocol.costs(reader.compiled().plan(), terms)) {
      once = once.plus(cost);
    }
    Cost twice = once.plus(once);
    Outcome outcome = reader.predict(IMAGES);
    assertEquals(twice, new Cost(outcome.traffic().rounds(), outcome.traffic().bytes()));
    assertEquals(0, MODEL.with("plain", Reveal.BOTH).predict(IMAGES).traffic().totalBytes());
  }

  @Test
  void fastModeStaysWithinItsError() throws Exception {
    BlindReader reader = MODEL.with("3pc", Reveal.BOTH).in(Mode.FAST);
    assertEquals(Mode.FAST, reader.mode());
    Terms terms = new Terms(reader.compiled().plan().numbers(), Mode.FAST, Reveal.BOTH);
    Cost once = Cost.NONE;
    for (Cost cost : reader.protocol().costs(reader.compiled().plan(), terms)) {
      once = once.plus(cost);
    }
    Outcome fast = reader.predict(IMAGES.subList(0, 1));
    assertEquals(once, new Cost(fast.traffic().rounds(), fast.traffic().bytes()));
    double[] twin =
        MODEL.with("plain", Reveal.BOTH).predict(IMAGES).scores(Party.VENDOR).get().getFirst();
    double[] near = fast.scores(Party.VENDOR).get().getFirst();
    for (int k = 0; k < twin.length; k++) {
      assertEquals(twin[k], near[k], 0x1p-10);
    }
  }

  @Test
  void aKnobTheProtocolDoesNotHaveIsRefused() throws Exception {
    BlindReader reader = MODEL.with("3pc", Reveal.BOTH);
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> reader.with("ot", "ferret"));
    assertEquals("protocol 3pc has no knob 'ot'; it has none", unknown.getMessage());
  }

  @Test
  void aProfileSetsTheRing() throws Exception {
    BlindReader reader = MODEL.at("sqnet").with("3pc", Reveal.BOTH);
    assertEquals(32, reader.compiled().plan().numbers().bits());
    Outcome twin = MODEL.at("sqnet").with("plain", Reveal.BOTH).predict(IMAGES);
    assertArrayEquals(
        twin.scores(Party.VENDOR).get().getFirst(),
        reader.predict(IMAGES).scores(Party.HOSPITAL).get().getFirst());
  }

  @Test
  void aFileIsReadAndMustBeCalibrated() throws Exception {
    Path file = Path.of("src/test/resources/onnx/network-small/model.onnx");
    SecureModel model = SecureModel.load(file);
    CompileException never =
        assertThrows(CompileException.class, () -> model.with("plain", Reveal.BOTH));
    assertTrue(never.getMessage().contains("calibrate"), never.getMessage());
    int size = model.graph().inputs().values().iterator().next().size();
    CompileException few =
        assertThrows(
            CompileException.class,
            () -> model.calibrate(List.of(new float[size])).with("plain", Reveal.BOTH));
    assertTrue(few.getMessage().contains("at least 32 are needed"), few.getMessage());
    assertThrows(ModelException.class, () -> SecureModel.load(Path.of("nowhere.onnx")));
  }

  @Test
  void anImageOfAnotherSizeAndAnUnknownProtocolAreRefused() {
    IllegalArgumentException size =
        assertThrows(
            IllegalArgumentException.class,
            () -> MODEL.with("3pc", Reveal.BOTH).predict(List.of(new float[5])));
    assertTrue(size.getMessage().contains("given 5"), size.getMessage());
    assertThrows(IllegalArgumentException.class, () -> MODEL.with("4pc", Reveal.BOTH));
    assertEquals(
        Optional.empty(),
        new Outcome(Map.of(), Traffic.NONE, List.of(), List.of()).scores(Party.HOSPITAL));
  }
}
