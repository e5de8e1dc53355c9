package org.blindread.workbench;

import java.time.Duration;
import java.util.Collection;
import org.blindread.mpc.net.Network;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.SameHost;

/// From what a study says to a network.
final class Wire {
  private Wire() {}

  static Network network(
      Study.Transport transport, Party self, Collection<Party> parties, Duration wait)
      throws WorkbenchException {
    return switch (transport) {
      case Study.Transport.SameHost sameHost ->
          new SameHost(sameHost.folder(), self, parties, wait);
      case Study.Transport.Tls tls ->
          throw new WorkbenchException("transport tls is not there yet" + tls);
    };
  }
}
