package org.blindread.mpc.ot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.InProcess;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Message;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;

/// Two parties in two threads of this JVM, set up for OTs in both directions, on a line whose every
/// message is kept: to see a protocol at work, scene by scene. For learning; this JVM holds every
/// secret, and keeps in memory what was sent in a scene.
///
/// ```java
/// var room = Rehearsal.between(alice, bob, new SoftSpoken());
/// var scene = room.play(
///     (ot, wire) -> CorrelatedOt.send(ot.sender(), factors, 8), // alice's part
///     (ot, wire) -> CorrelatedOt.receive(ot.receiver(), bits, 8)); // bob's
/// scene.messages().forEach(System.out::println);
/// ```
public final class Rehearsal implements AutoCloseable {
  private final Party first;
  private final Party second;
  private final Map<Party, Session> sessions;
  private final List<Message> heard = new ArrayList<>();

  /// What one party does in a scene.
  @FunctionalInterface
  public interface Part<T> {
    /// Runs on a thread of the party's own.
    ///
    /// @param ot the party's OTs, in both directions
    /// @param wire to the other party
    /// @return what the party goes home with
    T play(TwoWayOt ot, Wire wire) throws ProtocolException;
  }

  /// What happened between the parties of a rehearsal.
  ///
  /// @param first what the first party's part gave
  /// @param second what the second's gave
  /// @param messages in the order of rounds; what was sent ahead comes first
  public record Scene<A, B>(A first, B second, List<Message> messages) {
    public Scene {
      messages = List.copyOf(messages);
    }

    /// Payload bytes of all messages.
    public long bytes() {
      return messages.stream().mapToLong(Message::bytes).sum();
    }

    /// Depth of the messages, those sent ahead left out.
    public int rounds() {
      return messages.stream().mapToInt(Message::round).max().orElse(0);
    }
  }

  /// A party that is ready.
  private record Player(Wire wire, TwoWayOt ot) {}

  private final Scene<Player, Player> setUp;

  private Rehearsal(
      Party first, Seed firstSecret, Party second, Seed secondSecret, OtExtension extension)
      throws ProtocolException {
    this.first = first;
    this.second = second;
    sessions =
        InProcess.connect(
            List.of(first, second),
            1,
            message -> {
              synchronized (heard) {
                heard.add(message);
              }
            });
    setUp =
        scene(
            () -> player(first, second, firstSecret, extension),
            () -> player(second, first, secondSecret, extension));
  }

  /// Runs the base OTs of both directions.
  ///
  /// @throws ProtocolException if a party is interrupted
  public static Rehearsal between(Party first, Party second, OtExtension extension)
      throws ProtocolException {
    return between(first, Seed.fresh(), second, Seed.fresh(), extension);
  }

  /// The same with the parties' randomness from given seeds, so that all messages can be repeated.
  public static Rehearsal between(
      Party first, Seed firstSecret, Party second, Seed secondSecret, OtExtension extension)
      throws ProtocolException {
    return new Rehearsal(first, firstSecret, second, secondSecret, extension);
  }

  private Player player(Party self, Party peer, Seed secret, OtExtension extension)
      throws ProtocolException {
    Wire wire = new Wire(lane(self), peer, "rehearsal", secret);
    return new Player(wire, TwoWayOt.over(extension, wire));
  }

  private Lane lane(Party party) {
    return Optional.ofNullable(sessions.get(party)).orElseThrow().lanes().getFirst();
  }

  /// The messages of the set-up.
  public List<Message> setUp() {
    return setUp.messages;
  }

  /// Plays both parts at the same time, to their ends; rounds are counted anew. What a party sent
  /// and nobody received is there in the next scene.
  ///
  /// @throws ProtocolException if a part fails, which ends the rehearsal
  public <A, B> Scene<A, B> play(Part<A> firsts, Part<B> seconds) throws ProtocolException {
    return scene(
        () -> firsts.play(setUp.first.ot, setUp.first.wire),
        () -> seconds.play(setUp.second.ot, setUp.second.wire));
  }

  private interface Act<T> {
    T run() throws ProtocolException;
  }

  private <A, B> Scene<A, B> scene(Act<A> firsts, Act<B> seconds) throws ProtocolException {
    AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    lane(first).restartDepth();
    lane(second).restartDepth();
    FutureTask<A> a = start(first, firsts, failure);
    FutureTask<B> b = start(second, seconds, failure);
    try {
      A atFirst = a.get();
      B atSecond = b.get();
      return new Scene<>(atFirst, atSecond, messages());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ProtocolException("interrupted in the middle of a scene", e);
    } catch (ExecutionException _) {
      throw failed(failure.get().orElseThrow());
    }
  }

  /// The part runs in a thread of its own; if it fails, the other party is told.
  private <T> FutureTask<T> start(
      Party party, Act<T> act, AtomicReference<Optional<Throwable>> failure) {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              try {
                T result = act.run();
                lane(party).flush();
                return result;
              } catch (ProtocolException | RuntimeException | Error e) {
                failure.updateAndGet(before -> before.or(() -> Optional.of(e)));
                close();
                throw e;
              }
            });
    Thread.ofPlatform().daemon().name(party.name()).start(task);
    return task;
  }

  private static ProtocolException failed(Throwable why) {
    return switch (why) {
      case ProtocolException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new ProtocolException("a part failed", why);
    };
  }

  private List<Message> messages() {
    synchronized (heard) {
      List<Message> messages = new ArrayList<>(heard);
      heard.clear();
      messages.sort(Comparator.comparingInt(Message::round).thenComparing(Message::from));
      return messages;
    }
  }

  /// Ends the rehearsal; a part that waits for a message ends too.
  @Override
  public void close() {
    sessions.values().forEach(Session::close);
  }

  @Override
  public String toString() {
    return "Rehearsal between " + first + " and " + second;
  }
}
