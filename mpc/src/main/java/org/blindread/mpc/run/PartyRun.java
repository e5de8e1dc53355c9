package org.blindread.mpc.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.RingTensor;

/// One party's whole run: agreement, weights, images in lanes, farewell.
///
/// @param protocol how
/// @param plan what
/// @param terms ring, mode, reveal
/// @param agreement what is compared with the peers before any secret flows
/// @param weights at the vendor alone
/// @param images at the hospital alone
/// @param done images whose result this party already has (a resumed run)
/// @param observer told of every step and result
public record PartyRun(
    Protocol protocol,
    Plan plan,
    Terms terms,
    Agreement agreement,
    Optional<Map<String, RingTensor>> weights,
    Optional<Images> images,
    BitSet done,
    Observer observer) {
  private static final int FAREWELL_TAG = (1 << 30) + 3;

  public PartyRun {
    weights = weights.map(Map::copyOf);
    done = (BitSet) done.clone();
  }

  /// Runs to the end. Closes the session when it returns, however it returns; closing the session
  /// from another thread ends the run.
  ///
  /// @return the images that were read
  /// @throws ProtocolException naming the peer that was lost, differs or deviates
  /// @throws IOException if an image cannot be read
  public List<Long> run(Session session) throws ProtocolException, IOException {
    try (session) {
      agreement.settle(session.control());
      long[] remaining =
          Remaining.settle(session.control(), terms.reveal(), agreement.images(), done);
      Prg.warmUp();
      run(session, protocol.engine(session, plan, terms), remaining);
      farewell(session.control());
      List<Long> read = new ArrayList<>();
      for (long image : remaining) {
        read.add(image);
      }
      return read;
    }
  }

  private <S> void run(Session session, Engine<S> engine, long[] remaining)
      throws ProtocolException, IOException {
    Executor<S> executor = new Executor<>(plan, engine, weights);
    AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    List<Thread> threads = new ArrayList<>();
    int lanes = session.lanes().size();
    for (int k = 0; k < lanes; k++) {
      Lane lane = session.lanes().get(k);
      int first = k;
      threads.add(
          Thread.ofPlatform()
              .name("lane-" + k)
              .start(
                  () -> {
                    try {
                      for (int i = first; i < remaining.length; i += lanes) {
                        read(executor, lane, remaining[i]);
                      }
                    } catch (ProtocolException | IOException | RuntimeException | Error e) {
                      failure.compareAndSet(Optional.empty(), Optional.of(e));
                      session.close();
                    }
                  }));
    }
    join(threads, session);
    if (failure.get().isPresent()) {
      switch (failure.get().get()) {
        case ProtocolException e -> throw e;
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }

  private <S> void read(Executor<S> executor, Lane lane, long image)
      throws ProtocolException, IOException {
    Executor.Begun<S> begun = executor.begin(lane, image);
    Map<String, RingTensor> inputs =
        images.isPresent() ? Encoding.encode(plan, images.get().read(image)) : Map.of();
    executor.read(begun, inputs, observer);
  }

  private static void join(List<Thread> threads, Session session) throws ProtocolException {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          session.close();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new ProtocolException("the run was interrupted; --resume goes on where it stopped");
    }
  }

  /// Nobody leaves before all have received everything.
  private static void farewell(Lane control) throws ProtocolException {
    for (Party peer : control.peers()) {
      control.to(peer).sendBytes(FAREWELL_TAG, new byte[0]);
    }
    for (Party peer : control.peers()) {
      control.to(peer).receiveBytes(FAREWELL_TAG, 0);
    }
  }
}
