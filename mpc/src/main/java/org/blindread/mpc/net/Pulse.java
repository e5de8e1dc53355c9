package org.blindread.mpc.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The heartbeat of a session: one thread that asks every link regularly to beat if it was idle and
/// to end if its peer was silent, until all links have ended.
final class Pulse {
  private Pulse() {}

  /// What has a pulse.
  interface Heart {
    /// Sends a heartbeat if one is due, without blocking, and ends the link if its peer is lost.
    ///
    /// @param now [System#nanoTime]
    /// @return false once the link has ended
    boolean pulse(long now);
  }

  static void start(Party self, List<? extends Heart> hearts, Patience patience) {
    List<Heart> alive = new ArrayList<>(hearts);
    long period =
        Math.min(
            patience.heartbeat().toNanos() / 2,
            patience.silence().minus(patience.heartbeat()).toNanos() / 4);
    Thread.ofPlatform()
        .daemon()
        .name("heartbeat of " + self)
        .start(
            () -> {
              while (!alive.isEmpty()) {
                LockSupport.parkNanos(period);
                long now = System.nanoTime();
                alive.removeIf(heart -> !heart.pulse(now));
              }
            });
  }
}
