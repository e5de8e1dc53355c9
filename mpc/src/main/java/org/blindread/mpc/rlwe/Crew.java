package org.blindread.mpc.rlwe;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.blindread.mpc.net.ProtocolException;

/// Threads that share the pieces of one message: the caller's, and others as far as they are idle.
/// Which thread makes which piece is left to chance, so a piece must depend on its number alone.
///
/// @param others where the other threads come from
/// @param count how many others at most
record Crew(Executor others, int count) {
  /// As many threads as the machine has cores.
  static final Crew OF_MACHINE =
      new Crew(ForkJoinPool.commonPool(), Runtime.getRuntime().availableProcessors() - 1);

  /// What one thread does for one piece, with arrays of its [Scratch].
  interface Piece {
    void make(int number) throws ProtocolException;
  }

  /// Makes pieces 0 … pieces−1 and returns when all are made.
  ///
  /// @param perThread gives each thread a maker of its own, for what it must not share
  /// @throws ProtocolException as a piece threw it, or if the caller was interrupted; no piece is
  ///   being made any more then
  void each(int pieces, Supplier<Piece> perThread) throws ProtocolException {
    Shift shift = new Shift(pieces, perThread);
    for (int i = 0; i < Math.min(count, pieces - 1); i++) {
      others.execute(shift::help);
    }
    shift.lead();
  }

  /// The pieces of one message while they are made.
  private static final class Shift {
    private final int pieces;
    private final Supplier<Piece> perThread;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /// Threads at work. Who comes when all have left finds it ended.
    private final Phaser atWork = new Phaser(1);

    Shift(int pieces, Supplier<Piece> perThread) {
      this.pieces = pieces;
      this.perThread = perThread;
    }

    void lead() throws ProtocolException {
      work(true);
      int phase = atWork.arriveAndDeregister();
      atWork.awaitAdvance(phase);
      switch (failure.get()) {
        case null -> {}
        case ProtocolException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }

    void help() {
      if (atWork.register() >= 0) {
        work(false);
        atWork.arriveAndDeregister();
      }
    }

    private void work(boolean leading) {
      Scratch scratch = Scratch.ofThread();
      try {
        Piece piece = perThread.get();
        for (int n = next.getAndIncrement(); n < pieces; n = next.getAndIncrement()) {
          if (leading && Thread.currentThread().isInterrupted()) {
            throw new ProtocolException("interrupted while computing an encrypted layer");
          }
          scratch.begin();
          piece.make(n);
          scratch.end();
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
        next.set(pieces);
      } finally {
        scratch.end();
      }
    }
  }
}
