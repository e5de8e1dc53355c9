package org.blindread.mpc.net;

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
