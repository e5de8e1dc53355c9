package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the parties compare before any secret flows, and what a resumed run leaves out.
final class AgreementTest {
  private final Protocol protocol = Protocols.of("3pc");
  private final RandomPlan random = RandomPlan.of(FixedPoint.of(32, 11), 2);

  @ParameterizedTest
  @CsvSource({
    "run, other, test",
    "version, 9, 0",
    "plan, another, plan",
    "mode, fast, faithful",
    "reveal, none, both",
    "knobs, ot=ferret, ''",
    "images, 5, 4",
    "lanes, 2, 1",
  })
  void aDifferenceIsNamedAtEveryPartyThatMeetsIt(String term, String theirs, String ours)
      throws InterruptedException {
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, Reveal.BOTH, 4, 1);
    Map<Party, Session> sessions = parties.sessions();
    Map<Party, Throwable> failures = new ConcurrentHashMap<>();
    Map<Party, Thread> threads = new TreeMap<>();
    for (Party party : protocol.parties()) {
      PartyRun honest = parties.run(party, new BitSet(), new ConcurrentSkipListMap<>());
      PartyRun run = party.equals(Party.VENDOR) ? differing(honest, term, theirs) : honest;
      threads.put(
          party,
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      run.run(sessions.get(party));
                    } catch (Exception e) {
                      failures.put(party, e);
                    }
                  }));
    }
    for (Thread thread : threads.values()) {
      thread.join();
    }
    assertEquals(
        "vendor and this party differ in '%s': '%s' there, '%s' here; agree and start again"
            .formatted(term, theirs, ours),
        failures.get(Party.HELPER).getMessage());
    assertEquals(3, failures.size());
  }

  private static PartyRun differing(PartyRun run, String term, String value) {
    Agreement a = run.agreement();
    Map<String, String> is = new TreeMap<>();
    is.put("run", a.run());
    is.put("version", a.version());
    is.put("plan", a.plan());
    is.put("mode", a.mode());
    is.put("reveal", a.reveal());
    is.put("knobs", a.knobs());
    is.put("images", String.valueOf(a.images()));
    is.put("lanes", String.valueOf(a.lanes()));
    assertTrue(is.containsKey(term), term);
    is.put(term, value);
    Agreement changed =
        new Agreement(
            is.get("run"),
            a.protocol(),
            is.get("version"),
            is.get("plan"),
            is.get("mode"),
            is.get("reveal"),
            is.get("knobs"),
            Long.parseLong(is.get("images")),
            Integer.parseInt(is.get("lanes")));
    return new PartyRun(
        run.protocol(),
        run.plan(),
        run.terms(),
        changed,
        run.weights(),
        run.images(),
        run.done(),
        run.observer());
  }

  @Test
  void aResumedRunReadsWhatNotEveryKeeperHas() throws InterruptedException {
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, Reveal.BOTH, 6, 1);
    Map<Party, Session> sessions = parties.sessions();
    Map<Party, Map<Long, ImageRecord>> records = new TreeMap<>();
    Map<Party, Throwable> failures = new ConcurrentHashMap<>();
    Map<Party, Thread> threads = new TreeMap<>();
    BitSet vendorHas = BitSet.valueOf(new byte[] {0b001111});
    BitSet hospitalHas = BitSet.valueOf(new byte[] {0b010110});
    for (Party party : protocol.parties()) {
      records.put(party, new ConcurrentSkipListMap<>());
      BitSet done =
          party.equals(Party.VENDOR)
              ? vendorHas
              : party.equals(Party.HOSPITAL) ? hospitalHas : new BitSet();
      PartyRun run = parties.run(party, done, records.get(party));
      threads.put(
          party,
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      run.run(sessions.get(party));
                    } catch (Exception e) {
                      failures.put(party, e);
                    }
                  }));
    }
    for (Thread thread : threads.values()) {
      thread.join();
    }
    assertTrue(failures.isEmpty(), failures.toString());
    for (Party party : protocol.parties()) {
      assertEquals(java.util.Set.of(0L, 3L, 4L, 5L), records.get(party).keySet(), party.name());
    }
  }
}
