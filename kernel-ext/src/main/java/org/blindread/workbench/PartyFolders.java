package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Reveal;

/// The parties' folders of a run that one launcher starts: `OUT.parties/` with a folder a party,
/// each with its `STUDY.yml` and what that party alone may have.
///
/// @param folder `OUT.parties`
/// @param job what all have in common
/// @param setting how it is run
/// @param task model and images
/// @param plan text of the plan
/// @param unsafe whether an unsafe range is allowed
record PartyFolders(
    Path folder, SecureJob job, SecureRun.Setting setting, Task task, String plan, boolean unsafe) {
  private static final int CONNECT_SECONDS = 120;

  static PartyFolders beside(
      Path out, SecureJob job, SecureRun.Setting setting, Task task, Compiled compiled) {
    return new PartyFolders(
        out.toAbsolutePath().resolveSibling(out.getFileName() + ".parties"),
        job,
        setting,
        task,
        PlanText.print(compiled.plan()),
        !compiled.report().warnings().isEmpty());
  }

  boolean exists() {
    return Files.exists(folder);
  }

  Path of(Party party) {
    return folder.resolve(party.name());
  }

  Path shares(Party party) {
    return of(party).resolve("shares");
  }

  private Path scores(Party party) {
    return of(party).resolve("scores.csv");
  }

  /// Makes the folders, each its owner's alone.
  void make() throws WorkbenchException {
    try {
      for (Party party : job.protocol().parties()) {
        PrivateFolder.make(of(party));
      }
    } catch (IOException e) {
      throw new WorkbenchException("cannot make " + folder + ": is the folder there and yours?", e);
    }
  }

  /// Refuses to touch the shares of a run that revealed nothing: they are in no other place.
  void refuseShares() throws WorkbenchException {
    if (Files.exists(shares(Party.VENDOR)) || Files.exists(shares(Party.HOSPITAL))) {
      throw new WorkbenchException(
          folder + " holds the shares of a run that revealed nothing; name another --out");
    }
  }

  /// Makes the folders anew and gives each party that learns the scores those of an earlier run.
  void layOut(Task task, List<ScoreRow> rows) throws WorkbenchException, IOException {
    remove();
    make();
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < task.worklist().size(); i++) {
      numbers.put(task.worklist().items().get(i).image(), i);
    }
    for (Party party : List.of(Party.VENDOR, Party.HOSPITAL)) {
      if (!job.terms().reveal().to(party)) {
        continue;
      }
      try (ScoresFile file = ScoresFile.create(scores(party), task.model().card().findings())) {
        for (ScoreRow row : rows) {
          Optional<Integer> number = Optional.ofNullable(numbers.get(row.image()));
          if (number.isPresent()) {
            file.append(
                party.equals(Party.HOSPITAL)
                    ? row
                    : new ScoreRow(String.valueOf(number.get()), "", "", row.values()));
          }
        }
      }
    }
  }

  /// Starts the parties and waits for their end.
  Map<Party, PartyReport> run(boolean resume, BiConsumer<Party, Relay.Line> listener)
      throws WorkbenchException, ProtocolException, IOException, InterruptedException {
    make();
    Path sockets = Files.createTempDirectory("blindread-");
    try {
      Map<Party, StudyFile.Transport> transports =
          setting.tls() ? OccasionalTls.of(folder, job.protocol().parties()) : sameHost(sockets);
      Map<Party, StudyFile> studies = new LinkedHashMap<>();
      for (Party party : job.protocol().parties()) {
        studies.put(party, study(party, transports.get(party)));
      }
      return ProcessParties.run(studies, folder, resume, setting.heap(), listener);
    } finally {
      OccasionalTls.forget(folder, job.protocol().parties());
      delete(sockets);
    }
  }

  private Map<Party, StudyFile.Transport> sameHost(Path sockets) {
    Map<Party, StudyFile.Transport> transports = new HashMap<>();
    for (Party party : job.protocol().parties()) {
      transports.put(party, new StudyFile.Transport.SameHost(sockets));
    }
    return transports;
  }

  private StudyFile study(Party party, StudyFile.Transport transport) throws IOException {
    Path planFile = of(party).resolve("M.plan");
    Files.writeString(planFile, plan);
    return new StudyFile(
        job.run(),
        job.protocol(),
        job.terms().mode(),
        job.terms().reveal(),
        job.terms().chosen(),
        job.images(),
        job.lanes(),
        planFile,
        transport,
        CONNECT_SECONDS,
        site(party),
        Optional.of(of(party).resolve("report.json")));
  }

  private StudyFile.Site site(Party party) throws IOException {
    Optional<Path> result = result(party);
    if (party.equals(Party.VENDOR)) {
      return new StudyFile.Site.Vending(
          task.model().file().map(Path::toString).orElse(task.model().source()),
          task.model().cardFile(),
          unsafe,
          result);
    }
    if (party.equals(Party.HOSPITAL)) {
      Path card = of(party).resolve("M.public.json");
      Files.writeString(card, task.model().card().open().toJson());
      return new StudyFile.Site.Imaging(task.manifest(), card, result);
    }
    return new StudyFile.Site.Helping();
  }

  /// The sums of both parties' shares: the scores' ring elements, by image. Only a simulation has
  /// both.
  Map<Long, long[]> added() throws WorkbenchException {
    Map<String, long[]> vendor = ShareTable.read(shares(Party.VENDOR)).shares();
    Map<Long, long[]> sums = new HashMap<>();
    for (Map.Entry<String, long[]> entry :
        ShareTable.read(shares(Party.HOSPITAL)).shares().entrySet()) {
      long[] other = vendor.getOrDefault(entry.getKey(), new long[0]);
      long[] sum = entry.getValue().clone();
      for (int i = 0; i < Math.min(sum.length, other.length); i++) {
        sum[i] = job.plan().numbers().signed(sum[i] + other[i]);
      }
      sums.put(Long.valueOf(entry.getKey()), sum);
    }
    return sums;
  }

  /// Moves what the parties logged into the run's own log, images under the names that the launcher
  /// knows. What a killed launcher left is moved by the next.
  void collect(ImageLogFile log) throws WorkbenchException, IOException {
    boolean interrupted = Thread.interrupted(); // which would close the files being written
    try {
      for (Party party : job.protocol().parties()) {
        ImageLog mine = ImageLog.beside(place(party));
        if (mine.exists()) {
          mine.mend(LinkColumns.between(job.protocol().parties()));
          log.append(mine, image -> name(party, image), _ -> true);
          mine.remove();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// The hospital knows images by name, the others by number.
  private String name(Party party, String image) {
    return party.equals(Party.HOSPITAL) ? image : task.worklist().name(Long.parseLong(image));
  }

  /// What a party's log is named after, as [StudyFile#place] says.
  private Path place(Party party) {
    return result(party).orElse(of(party).resolve(party + "-" + job.run()));
  }

  /// Where the scores or shares go that a party gets, if it gets any.
  private Optional<Path> result(Party party) {
    return party.equals(Party.HELPER)
        ? Optional.empty()
        : job.terms().reveal() == Reveal.NONE
            ? Optional.of(shares(party))
            : Optional.of(scores(party)).filter(_ -> job.terms().reveal().to(party));
  }

  /// Removes the folders, with the keys in them.
  void remove() throws IOException {
    delete(folder);
  }

  /// Removes a folder and everything in it.
  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
