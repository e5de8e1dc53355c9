package org.blindread.workbench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.blindread.mpc.net.Certificates;
import org.blindread.mpc.net.Party;

/// Certificates and ports made for one run on this machine.
final class OccasionalTls {
  private static final String HOST = "127.0.0.1";

  private OccasionalTls() {}

  /// @param folder holds a folder a party; each gets its own key and certificate. The authority's
  ///   key is not kept.
  static Map<Party, StudyFile.Transport> of(Path folder, Collection<Party> parties)
      throws IOException {
    Path authority = Files.createTempDirectory("blindread-ca-");
    try {
      Certificates.init(authority, "occasional");
      Map<Party, InetSocketAddress> addresses = freePorts(parties);
      Map<Party, StudyFile.Transport> transports = new HashMap<>();
      for (Party party : parties) {
        Certificates.issue(authority, party, List.of(HOST));
        Path own = folder.resolve(party.name());
        Path ca = copy(authority.resolve("ca.pem"), own);
        Path certificate = copy(authority.resolve(party + ".pem"), own);
        Path key = copy(authority.resolve(party + ".key"), own);
        transports.put(party, new StudyFile.Transport.Tls(addresses, ca, certificate, key));
      }
      return transports;
    } catch (IOException | RuntimeException e) {
      forget(folder, parties);
      throw e;
    } finally {
      PartyFolders.delete(authority);
    }
  }

  /// Deletes the parties' keys, which are worth nothing after the run. May be called twice, and if
  /// [#of] failed.
  static void forget(Path folder, Collection<Party> parties) throws IOException {
    for (Party party : parties) {
      Files.deleteIfExists(folder.resolve(party.name()).resolve(party + ".key"));
    }
  }

  private static Path copy(Path file, Path folder) throws IOException {
    Path copy = folder.resolve(file.getFileName());
    Files.copy(
        file,
        copy,
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return copy;
  }

  /// Ports free at this moment.
  private static Map<Party, InetSocketAddress> freePorts(Collection<Party> parties)
      throws IOException {
    Map<Party, InetSocketAddress> addresses = new TreeMap<>();
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (Party party : parties) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        addresses.put(party, InetSocketAddress.createUnresolved(HOST, socket.getLocalPort()));
      }
      return addresses;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
