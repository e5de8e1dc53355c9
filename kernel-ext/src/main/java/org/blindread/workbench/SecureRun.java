package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Reading;

/// A secure run of which this process starts every party: a simulation, for this machine holds
/// every share. Being one, it can afterwards compare all results with the cleartext twin.
public final class SecureRun {
  /// Where the parties live.
  public enum Parties {
    /// Threads of this process.
    LOCAL,
    /// Processes of their own, running the real `party` command.
    PROCESSES
  }

  /// How a task is run.
  ///
  /// @param protocol how
  /// @param mode faithful or fast
  /// @param reveal who learns the scores
  /// @param knobs the protocol's knobs that were turned, by name
  /// @param parties threads or processes
  /// @param tls between processes: TLS instead of Unix sockets
  /// @param heap largest heap of a party's process, as `-Xmx` takes it
  public record Setting(
      Protocol protocol,
      Mode mode,
      Reveal reveal,
      Map<String, String> knobs,
      Parties parties,
      boolean tls,
      String heap) {
    /// @throws IllegalArgumentException if the protocol has no such knob or the knob no such value
    public Setting {
      knobs = Map.copyOf(knobs);
      Knob.check(protocol, knobs);
    }

    /// Every knob of the protocol as `name=value`; empty for a protocol that has none.
    public String knobText() {
      return Knob.text(protocol.knobs(), knobs);
    }

    /// Who learns what, who is trusted for what.
    public String threatCard() {
      return ThreatCard.text(protocol, mode, reveal, knobs);
    }
  }

  private final Task task;
  private final Setting setting;
  private final Compiled compiled;
  private final SecureJob job;
  private final ConcurrentMap<Long, long[]> elements = new ConcurrentHashMap<>();

  private SecureRun(Task task, Setting setting, Compiled compiled, String run) {
    this.task = task;
    this.setting = setting;
    this.compiled = compiled;
    Terms terms =
        new Terms(
            compiled.plan().numbers(),
            setting.mode(),
            setting.reveal(),
            task.worklist().size(),
            setting.knobs());
    this.job = new SecureJob(run, setting.protocol(), terms, compiled.plan(), task.lanes());
  }

  /// Runs to the end and compares with the twin.
  ///
  /// @throws Exception one of the checked exceptions of model, data, network and workbench, or
  ///   [InterruptedException]; no party is left then
  public static RunReport run(Task task, Precision precision, Setting setting) throws Exception {
    return run(task, precision.compile(task.model()), setting, _ -> {});
  }

  /// Runs to the end and compares with the twin.
  ///
  /// @param unchecked told what the run took, before the comparison with the twin begins
  public static RunReport run(
      Task task, Compiled compiled, Setting setting, Consumer<RunReport> unchecked)
      throws Exception {
    Optional<String> earlier =
        task.resume() ? RunIdentity.earlier(task.out(), "run") : Optional.empty();
    String run = earlier.orElse("run-" + freshName());
    return new SecureRun(task, setting, compiled, run).run(unchecked);
  }

  private static String freshName() {
    byte[] name = new byte[6];
    new SecureRandom().nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  private RunReport run(Consumer<RunReport> unchecked) throws Exception {
    Map<String, Object> settings = settings();
    Map<String, String> hashes = new TreeMap<>(task.sha256());
    hashes.put("plan", PlanText.hash(job.plan()));
    Provenance provenance = Provenance.of(hashes, Map.of());
    long begin = System.nanoTime();
    Map<Party, PartyReport> reports =
        setting.reveal() == Reveal.NONE
            ? keepingShares(settings, provenance)
            : revealing(settings, provenance);
    double wall = (System.nanoTime() - begin) * 1e-9;
    unchecked.accept(report(settings, wall, reports, Optional.empty(), provenance));
    return report(settings, wall, reports, Optional.of(check()), provenance);
  }

  private RunReport report(
      Map<String, Object> settings,
      double wall,
      Map<Party, PartyReport> reports,
      Optional<TwinCheck> check,
      Provenance provenance) {
    Map<String, PartyReport> parties = new TreeMap<>();
    reports.forEach((party, report) -> parties.put(party.name(), report));
    return new RunReport(
        settings,
        Optional.ofNullable(reports.get(Party.HOSPITAL)).stream()
            .flatMap(report -> report.images().stream())
            .map(PartyReport.ImageTime::seconds)
            .toList(),
        wall,
        parties,
        check,
        check.map(TwinCheck::overflows).orElse(List.of()),
        compiled.report().warnings(),
        provenance);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("protocol", job.protocol().name());
    settings.put("mode", setting.mode().toString());
    settings.put("reveal", setting.reveal().toString());
    if (!setting.knobText().isEmpty()) {
      settings.put("knobs", setting.knobText());
    }
    settings.put("bits", job.plan().numbers().bits());
    settings.put("scale", job.plan().numbers().fractionBits());
    settings.put("error", RunReport.error(job.protocol().ulps(setting.mode())));
    List<String> statements = job.protocol().statements(job.plan(), job.terms());
    if (!statements.isEmpty()) {
      settings.put("statements", statements);
    }
    settings.put("run", job.run());
    settings.put("parties", setting.parties() == Parties.LOCAL ? "local" : "processes");
    if (setting.parties() == Parties.PROCESSES) {
      settings.put("transport", setting.tls() ? "tls" : "samehost");
    }
    settings.put("images", job.images());
    settings.put("lanes", job.lanes());
    return settings;
  }

  // ---- somebody learns the scores ---------------------------------------------------------------

  private Map<Party, PartyReport> revealing(Map<String, Object> settings, Provenance provenance)
      throws Exception {
    if (setting.parties() == Parties.PROCESSES) {
      folders().refuseShares();
    }
    try (Results results = Results.open(task, settings, provenance);
        ImageLogFile log = log()) {
      if (setting.parties() == Parties.PROCESSES) {
        folders().collect(log); // what a launcher that was killed left there
      }
      BitSet done = results.done();
      int missing = job.images() - done.cardinality();
      if (missing == 0) {
        return Map.of(); // the scores are there already
      }
      try (RunProgress progress = progress(missing)) {
        return switch (setting.parties()) {
          case LOCAL -> {
            Map<Party, Keeper> keepers = new HashMap<>();
            for (Party party : List.of(Party.VENDOR, Party.HOSPITAL)) {
              if (setting.reveal().to(party)) {
                keepers.put(party, new Kept(done, party.equals(source()), results));
              }
            }
            yield local(keepers, log, progress);
          }
          case PROCESSES -> {
            PartyFolders folders = folders();
            folders.layOut(task, Scores.read(task.out()).rows());
            Map<Party, PartyReport> reports =
                processes(
                    folders, true, log, (image, opened) -> keep(results, image, opened), progress);
            folders.remove();
            yield reports;
          }
        };
      }
    }
  }

  /// The party whose results go into the scores: the hospital, if it learns them.
  private Party source() {
    return setting.reveal().to(Party.HOSPITAL) ? Party.HOSPITAL : Party.VENDOR;
  }

  private void keep(Results results, long image, long[] opened) {
    elements.put(image, opened);
    try {
      results.append(task.worklist().row(image, Reading.scores(job.plan(), opened)));
    } catch (WorkbenchException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  /// Keeps what a local party learns: in the scores, if it is the source, else nowhere.
  private final class Kept implements Keeper {
    private final BitSet done;
    private final boolean source;
    private final Results results;

    Kept(BitSet done, boolean source, Results results) {
      this.done = done;
      this.source = source;
      this.results = results;
    }

    @Override
    public BitSet done() {
      return done;
    }

    @Override
    public void step(long image, int step, int steps, String layer) {}

    @Override
    public void done(ImageRecord record) {
      if (source) {
        Reading.elements(job.plan(), record.opened())
            .ifPresent(opened -> keep(results, record.image(), opened));
      }
    }

    @Override
    public void close() {}
  }

  // ---- nobody learns them -----------------------------------------------------------------------

  private Map<Party, PartyReport> keepingShares(Map<String, Object> settings, Provenance provenance)
      throws Exception {
    PartyFolders folders = folders();
    if (!task.resume() && folders.exists()) {
      throw new WorkbenchException(
          "%s exists already; go on with that run by --resume, or name another --out"
              .formatted(folders.folder()));
    }
    folders.make();
    Results.identity(settings, provenance).settle(task.out(), task.resume());
    List<String> findings = task.model().card().findings();
    Map<Party, Keeper> keepers = new HashMap<>();
    try (ImageLogFile log = log();
        RunProgress progress = progress(job.images())) {
      if (setting.parties() == Parties.PROCESSES) {
        return processes(folders, task.resume(), log, (_, _) -> {}, progress);
      }
      for (Party party : List.of(Party.VENDOR, Party.HOSPITAL)) {
        keepers.put(
            party,
            SharesKeeper.open(
                folders.shares(party), job.shares(party, findings), job.plan(), task.resume()));
      }
      return local(keepers, log, progress);
    } finally {
      for (Keeper keeper : keepers.values()) {
        keeper.close();
      }
    }
  }

  // ---- both -------------------------------------------------------------------------------------

  private PartyFolders folders() {
    return PartyFolders.beside(task.out(), job, setting, task, compiled);
  }

  private RunProgress progress(int missing) {
    return RunProgress.of(
        Progress.of(task.progress(), "images", missing),
        task.worklist(),
        job.protocol().costs(job.plan(), job.terms()));
  }

  private ImageLogFile log() throws WorkbenchException {
    return ImageLogFile.open(
        ImageLog.beside(task.out()), LinkColumns.between(job.protocol().parties()), task.resume());
  }

  private Map<Party, PartyReport> local(
      Map<Party, Keeper> keepers, ImageLogFile log, RunProgress progress) throws Exception {
    return LocalParties.run(
        job,
        compiled.weights(),
        task.worklist().images(),
        keepers,
        party -> log.at(party, job.plan(), task.worklist(), OptionalLong::empty),
        progress);
  }

  /// Takes an opened result.
  private interface Sink {
    void take(long image, long[] opened);
  }

  private Map<Party, PartyReport> processes(
      PartyFolders folders, boolean resume, ImageLogFile log, Sink sink, RunProgress progress)
      throws Exception {
    try {
      return processes(folders, resume, sink, progress);
    } finally {
      folders.collect(log);
    }
  }

  private Map<Party, PartyReport> processes(
      PartyFolders folders, boolean resume, Sink sink, RunProgress progress) throws Exception {
    List<RuntimeException> failures = new ArrayList<>();
    Map<Party, PartyReport> reports =
        folders.run(
            resume,
            (party, line) -> {
              switch (line) {
                case Relay.Line.Step step -> {
                  if (party.equals(Party.HOSPITAL)) {
                    progress.step(step.image(), step.step(), step.steps(), step.layer());
                  }
                }
                case Relay.Line.Done done -> {
                  if (party.equals(Party.HOSPITAL)) {
                    progress.done(done.image());
                  }
                  if (party.equals(source()) && done.elements().isPresent()) {
                    try {
                      sink.take(done.image(), done.elements().get());
                    } catch (UncheckedIOException e) {
                      synchronized (failures) {
                        failures.add(e);
                      }
                    }
                  }
                }
              }
            });
    synchronized (failures) {
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
    }
    return reports;
  }

  private TwinCheck check() throws Exception {
    Map<Long, double[]> scores = new HashMap<>();
    Map<Long, long[]> opened = new HashMap<>(elements);
    if (setting.reveal() == Reveal.NONE) {
      opened.putAll(folders().added());
    } else {
      Map<String, double[]> byName = new HashMap<>();
      Scores.read(task.out()).rows().forEach(row -> byName.put(row.image(), row.values()));
      for (long i = 0; i < job.images(); i++) {
        String name = task.worklist().items().get((int) i).image();
        scores.put(i, byName.getOrDefault(name, new double[0]));
      }
    }
    List<Long> all = Task.missing(task.worklist(), new BitSet());
    int threads = Runtime.getRuntime().availableProcessors();
    try (Progress progress =
        Progress.of(task.progress(), "images of the cleartext twin", all.size())) {
      return TwinCheck.run(
          job.plan(),
          compiled.weights(),
          task.worklist().images(),
          all,
          image ->
              new TwinCheck.Found(
                  Optional.ofNullable(opened.get(image)), Optional.ofNullable(scores.get(image))),
          threads,
          progress);
    }
  }
}
