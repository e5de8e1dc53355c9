package org.blindread.workbench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.blindread.mpc.net.Credentials;
import org.blindread.mpc.net.Network;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.SameHost;
import org.blindread.mpc.net.Tls;

/// From what a study says to a network.
final class Wire {
  private Wire() {}

  /// @throws ProtocolException if the certificates do not hold
  /// @throws WorkbenchException if a host has no address
  static Network network(
      StudyFile.Transport transport, Party self, Collection<Party> parties, Duration wait)
      throws WorkbenchException, ProtocolException {
    return switch (transport) {
      case StudyFile.Transport.SameHost sameHost ->
          new SameHost(sameHost.folder(), self, parties, wait);
      case StudyFile.Transport.Tls tls ->
          new Tls(
              self,
              resolved(tls.parties()),
              Credentials.load(tls.ca(), tls.certificate(), tls.key()),
              wait);
    };
  }

  private static Map<Party, InetSocketAddress> resolved(Map<Party, InetSocketAddress> addresses)
      throws WorkbenchException {
    Map<Party, InetSocketAddress> resolved = new TreeMap<>();
    for (Map.Entry<Party, InetSocketAddress> entry : addresses.entrySet()) {
      InetSocketAddress named = entry.getValue();
      InetSocketAddress found = new InetSocketAddress(named.getHostString(), named.getPort());
      if (found.isUnresolved()) {
        throw new WorkbenchException(
            "no address for host '%s' of %s; correct parties.%s or the name service"
                .formatted(named.getHostString(), entry.getKey(), entry.getKey()));
      }
      resolved.put(entry.getKey(), found);
    }
    return resolved;
  }
}
