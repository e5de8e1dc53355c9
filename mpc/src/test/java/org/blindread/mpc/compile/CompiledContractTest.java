package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.net.InProcess;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.run.Encoding;
import org.blindread.mpc.run.Executor;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.run.Protocols;
import org.blindread.mpc.run.Twin;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Seeded random networks (mixed signs of γ, zeros, awkward shapes), compiled with all passes, read
/// blind by every secure protocol: equal to the twin bit for bit.
final class CompiledContractTest {
  @ParameterizedTest(name = "structure {0}, {1}/{2}")
  @CsvSource({
    "0, 64, 20", "1, 64, 20", "2, 64, 20", "3, 64, 20", "4, 64, 20", "5, 64, 20", "6, 64, 20",
    "7, 64, 20", "8, 64, 20", "9, 64, 20", "10, 48, 14", "11, 48, 14", "12, 48, 14", "13, 48, 14"
  })
  void everyProtocolEqualsTheTwinOnCompiledNetworks(long structure, int bits, int scale)
      throws Exception {
    Graph graph =
        structure % 2 == 0
            ? RandomModels.network(structure, structure + 100)
            : RandomModels.denseNet(structure, structure + 100, 9);
    Ranges ranges = Calibration.measure(graph, RandomModels.images(graph, 32, 1));
    Compiled compiled =
        Compiler.compile(graph, ranges, FixedPoint.of(bits, scale), Options.ownedBy("hospital"));
    Plan plan = compiled.plan();
    Map<String, RealTensor> image = RandomModels.images(graph, 1, 2).getFirst();
    assumeTrue(image.size() == 1);
    RealTensor pixels = image.values().iterator().next();
    Shape shape = pixels.shape();
    RealTensor first = pixels.as(new Shape(shape.extents().subList(1, shape.rank())));
    Map<String, RingTensor> inputs = Encoding.encode(plan, first);
    Twin.Result truth = new Twin(plan, compiled.weights()).read(0, inputs);
    assertEquals(List.of(), truth.overflows());
    for (Protocol protocol : Protocols.all()) {
      if (!protocol.parties().isEmpty()) {
        Map<Party, Session> sessions = InProcess.connect(protocol.parties(), 1);
        List<Callable<ImageRecord>> parties = new ArrayList<>();
        for (Party party : protocol.parties()) {
          parties.add(() -> read(protocol, plan, sessions.get(party), compiled, inputs));
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
          for (Future<ImageRecord> record : threads.invokeAll(parties)) {
            record
                .get()
                .opened()
                .forEach(
                    (name, opened) ->
                        opened
                            .value()
                            .ifPresent(
                                value ->
                                    assertArrayEquals(
                                        truth.output(name).values(), value.values())));
          }
        }
      }
    }
  }

  private static ImageRecord read(
      Protocol protocol,
      Plan plan,
      Session session,
      Compiled compiled,
      Map<String, RingTensor> inputs)
      throws Exception {
    Terms terms = new Terms(plan.numbers(), Mode.FAITHFUL, Reveal.BOTH);
    return read(protocol.engine(session, plan, terms), plan, session, compiled, inputs);
  }

  private static <S> ImageRecord read(
      Engine<S> engine,
      Plan plan,
      Session session,
      Compiled compiled,
      Map<String, RingTensor> inputs)
      throws Exception {
    Executor<S> executor =
        new Executor<>(
            plan,
            engine,
            session.is(Party.VENDOR) ? Optional.of(compiled.weights()) : Optional.empty());
    session.control().flush();
    return executor.read(
        session.lanes().getFirst(),
        0,
        session.is(Party.HOSPITAL) ? inputs : Map.of(),
        Observer.none());
  }
}
