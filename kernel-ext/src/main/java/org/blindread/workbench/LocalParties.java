package org.blindread.workbench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.run.PartyRun;
import org.blindread.mpc.run.Simulation;
import org.blindread.mpc.tensor.RingTensor;

/// All parties of a run as threads of this process: a simulation that holds every share.
public final class LocalParties {
  private LocalParties() {}

  /// Runs to the end.
  ///
  /// @param keepers one a party
  /// @param logs what writes down, at a party, what each image took
  /// @param watcher told what the hospital sees
  /// @return what each party's part took
  /// @throws InterruptedException if this thread was interrupted; every party has ended then
  public static Map<Party, PartyReport> run(
      SecureJob job,
      Map<String, RingTensor> weights,
      Images pixels,
      Map<Party, Keeper> keepers,
      Function<Party, Observer> logs,
      Observer watcher)
      throws ProtocolException, IOException, InterruptedException {
    Map<Party, Measurements> measured = new TreeMap<>();
    Map<Party, PartyRun> runs = new LinkedHashMap<>();
    for (Party party : job.protocol().parties()) {
      boolean hospital = party.equals(Party.HOSPITAL);
      Measurements measurements = new Measurements(job.plan());
      measured.put(party, measurements);
      Keeper keeper = keepers.getOrDefault(party, Keeper.nothing());
      Observer observer =
          hospital
              ? Observers.of(logs.apply(party), keeper, measurements, watcher)
              : Observers.of(logs.apply(party), keeper, measurements);
      runs.put(
          party,
          job.at(
              party.equals(Party.VENDOR) ? Optional.of(weights) : Optional.empty(),
              hospital ? Optional.of(pixels) : Optional.empty(),
              keeper.done(),
              observer));
    }
    Map<Party, Traffic> control = Simulation.run(runs);
    Map<Party, PartyReport> reports = new TreeMap<>();
    measured.forEach(
        (party, measurements) ->
            reports.put(
                party,
                new PartyReport(
                    party.name(),
                    measurements.images(),
                    measurements.steps(),
                    control.get(party).bytes(),
                    OptionalLong.empty())));
    return reports;
  }
}
