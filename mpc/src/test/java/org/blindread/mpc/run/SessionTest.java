package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.blindread.mpc.net.InProcess;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What happens once a session: the weights cost what is declared, and an image is read once.
final class SessionTest {
  static Stream<String> secure() {
    return Protocols.all().stream()
        .filter(protocol -> !protocol.parties().isEmpty())
        .map(Protocol::name);
  }

  @ParameterizedTest
  @MethodSource("secure")
  void weightsCostWhatIsDeclared(String name) throws Exception {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(FixedPoint.of(64, 20), 4);
    Terms terms = new Terms(random.plan().numbers(), Mode.FAITHFUL, Reveal.BOTH);
    Map<Party, Session> sessions = InProcess.connect(protocol.parties(), 1);
    List<Callable<Traffic>> shares = new ArrayList<>();
    for (Party party : protocol.parties()) {
      Session session = sessions.get(party);
      shares.add(
          () -> {
            Engine<?> engine = protocol.engine(session, random.plan(), terms);
            Traffic before = session.control().traffic();
            share(engine, random, party);
            return session.control().traffic().since(before);
          });
    }
    Traffic measured = Traffic.NONE;
    for (Traffic traffic : all(shares)) {
      measured = measured.beside(traffic);
    }
    Cost declared = protocol.sessionCost(random.plan(), terms);
    assertEquals(declared, new Cost(measured.rounds(), measured.bytes()));
  }

  private static <S> void share(Engine<S> engine, RandomPlan random, Party party) throws Exception {
    new Executor<>(
        random.plan(),
        engine,
        party.equals(Party.VENDOR) ? Optional.of(random.weights()) : Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("secure")
  void anImageIsReadOnceASession(String name) throws Exception {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(FixedPoint.of(64, 20), 4);
    Terms terms = new Terms(random.plan().numbers(), Mode.FAITHFUL, Reveal.BOTH);
    Map<Party, Session> sessions = InProcess.connect(protocol.parties(), 2);
    List<Callable<String>> tries = new ArrayList<>();
    for (Party party : protocol.parties()) {
      Session session = sessions.get(party);
      tries.add(
          () -> {
            Engine<?> engine = protocol.engine(session, random.plan(), terms);
            engine.evaluation(session.lanes().get(0), 7);
            engine.evaluation(session.lanes().get(0), 8);
            return assertThrows(
                    IllegalStateException.class, () -> engine.evaluation(session.lanes().get(1), 7))
                .getMessage();
          });
    }
    for (String message : all(tries)) {
      assertEquals("image 7 was begun before in this session; its masks serve once", message);
    }
  }

  private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
