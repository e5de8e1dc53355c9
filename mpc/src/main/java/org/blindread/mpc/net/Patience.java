package org.blindread.mpc.net;

import java.time.Duration;

/// How long a transport waits.
///
/// @param connect for all peers to be connected
/// @param heartbeat after which a link on which nothing was sent carries a heartbeat
/// @param silence after which a peer is lost
record Patience(Duration connect, Duration heartbeat, Duration silence) {
  Patience {
    if (connect.isNegative() || heartbeat.compareTo(silence) >= 0 || !heartbeat.isPositive()) {
      throw new IllegalArgumentException(
          "0 < heartbeat < silence and 0 <= connect are needed: %s, %s, %s"
              .formatted(heartbeat, silence, connect));
    }
  }

  static Patience connecting(Duration connect) {
    return new Patience(connect, Duration.ofSeconds(5), Duration.ofSeconds(Link.SILENCE_SECONDS));
  }

  /// The end of the time to connect, on the clock of [System#nanoTime].
  long deadline() {
    return System.nanoTime() + connect.toNanos();
  }

  String silent(Party peer) {
    return peer + " has been silent for " + text(silence);
  }

  static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
