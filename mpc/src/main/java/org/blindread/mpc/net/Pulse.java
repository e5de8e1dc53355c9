package org.blindread.mpc.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// The heartbeat of a session: one thread that asks every link regularly to beat if it was idle and
/// to end if its peer was silent.
///
/// It begins with the first link, not with the session: a peer that is connected must hear of this
/// party while both still wait for a third, however late that one comes.
final class Pulse implements AutoCloseable {
  private final List<Heart> alive = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /// What has a pulse.
  interface Heart {
    /// Sends a heartbeat if one is due, without blocking, and ends the link if its peer is lost.
    ///
    /// @param now [System#nanoTime]
    /// @return false once the link has ended
    boolean pulse(long now);

    boolean hasEnded();
  }

  Pulse(Party self, Patience patience) {
    long period =
        Math.min(
            patience.heartbeat().toNanos() / 2,
            patience.silence().minus(patience.heartbeat()).toNanos() / 4);
    Thread.ofPlatform().daemon().name("heartbeat of " + self).start(() -> beat(period));
  }

  private void beat(long period) {
    while (!closed || !alive.isEmpty()) {
      LockSupport.parkNanos(period);
      long now = System.nanoTime();
      alive.removeIf(heart -> !heart.pulse(now));
    }
  }

  void add(Heart heart) {
    alive.add(heart);
  }

  /// No more hearts will come: the pulse ends with the last of them.
  @Override
  public void close() {
    closed = true;
  }
}
