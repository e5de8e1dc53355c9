package org.blindread.mpc.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A way to connect parties, for tests that hold for all of them.
interface Transport {
  Duration TIMEOUT = Duration.ofSeconds(20);

  /// All parties connected, in this JVM.
  Map<Party, Session> connect(List<Party> parties, int lanes) throws Exception;

  static Transport inProcess() {
    return named("in process", InProcess::connect);
  }

  static Transport sameHost(Path folder) {
    return named(
        "same host",
        (parties, lanes) ->
            each(parties, party -> new SameHost(folder, party, parties, TIMEOUT).connect(lanes)));
  }

  /// Over TLS, with the certificates in a folder made by [#study].
  static Transport tls(Path study) {
    return named(
        "TLS",
        (parties, lanes) -> {
          Map<Party, InetSocketAddress> addresses = addresses(parties);
          return each(
              parties,
              party ->
                  new Tls(party, addresses, credentials(study, party), TIMEOUT).connect(lanes));
        });
  }

  /// Makes a study with certificates for the parties.
  static Path study(Path folder, Party... parties) throws IOException {
    Certificates.init(folder, "of a test");
    for (Party party : parties) {
      Certificates.issue(folder, party, List.of("localhost", "127.0.0.1"));
    }
    return folder;
  }

  static Credentials credentials(Path study, Party party) throws ProtocolException {
    return Credentials.load(
        study.resolve("ca.pem"), study.resolve(party + ".pem"), study.resolve(party + ".key"));
  }

  /// Addresses on this machine with ports that were free a moment ago.
  static Map<Party, InetSocketAddress> addresses(List<Party> parties) throws IOException {
    Map<Party, InetSocketAddress> addresses = new LinkedHashMap<>();
    List<ServerSocket> probes = new ArrayList<>();
    for (Party party : parties) {
      ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      probes.add(probe);
      addresses.put(
          party, new InetSocketAddress(InetAddress.getLoopbackAddress(), probe.getLocalPort()));
    }
    for (ServerSocket probe : probes) {
      probe.close();
    }
    return addresses;
  }

  /// What one party does to be connected.
  interface Joining {
    Session join(Party party) throws Exception;
  }

  static Map<Party, Session> each(List<Party> parties, Joining joining) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Session>> futures = new ArrayList<>();
      for (Party party : parties) {
        futures.add(executor.submit(() -> joining.join(party)));
      }
      Map<Party, Session> sessions = new LinkedHashMap<>();
      for (int i = 0; i < parties.size(); i++) {
        sessions.put(parties.get(i), futures.get(i).get());
      }
      return sessions;
    }
  }

  /// How a [Transport] connects.
  interface Connecting {
    Map<Party, Session> connect(List<Party> parties, int lanes) throws Exception;
  }

  static Transport named(String name, Connecting connecting) {
    return new Transport() {
      @Override
      public Map<Party, Session> connect(List<Party> parties, int lanes) throws Exception {
        return connecting.connect(parties, lanes);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
