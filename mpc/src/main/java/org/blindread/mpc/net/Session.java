package org.blindread.mpc.net;

import java.util.List;

/// One party's view of one run: who it is, a lane for set-up, and the lanes in which images are
/// read. Closing it ends every connection, which a thread waiting on one notices at once.
///
/// @param self this party
/// @param control for the handshake and everything that happens once a session
/// @param lanes for images, one strand of work each
public record Session(Party self, Lane control, List<Lane> lanes) implements AutoCloseable {
  public Session {
    lanes = List.copyOf(lanes);
  }

  public boolean is(Party party) {
    return self.equals(party);
  }

  @Override
  public void close() {
    control.close();
    lanes.forEach(Lane::close);
  }
}
