package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.run.Observer;
import org.blindread.workbench.cli.TinyStudy;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real parties: processes, or threads with a study and a network of their own.
@Timeout(500)
final class PartiesTest {
  private static final List<Party> ALL = ThreeSites.ALL;

  @TempDir private static Path folder;
  private static TinyStudy tiny;
  private static ThreeSites sites;

  @BeforeAll
  static void writeStudy() throws Exception {
    tiny = TinyStudy.in(folder);
    sites = new ThreeSites(folder, tiny);
    ok(tiny.run("plain.csv", TinyStudy.IMAGES, "--protocol", "plain"));
    ok(Result.of("plan", tiny.model, "--export", folder.resolve("M.plan")));
  }

  private static void ok(Result result) {
    assertEquals(0, result.code, result.out + result.err);
  }

  /// A manifest that lists the phantoms again and again.
  private static Path manifest(int rows) throws Exception {
    // a manifest lists each file once, so every image beyond the forty is a link to one of them
    Path links = Files.createDirectories(folder.resolve("many-" + rows));
    StringBuilder many = new StringBuilder("path,image\n");
    for (int i = 0; i < rows; i++) {
      Path link = links.resolve("p%d.png".formatted(i));
      if (Files.notExists(link)) {
        Files.createLink(link, folder.resolve("p%d.png".formatted(i % TinyStudy.IMAGES)));
      }
      many.append("many-%d/p%d.png,image-%d\n".formatted(rows, i, i));
    }
    return Files.writeString(folder.resolve("many-" + rows + ".csv"), many);
  }

  /// Starts three parties as processes and waits until all have ended by themselves.
  private static Map<Party, ChildParty> processes(
      Map<Party, StudyFile> studies, Path place, boolean resume, Optional<Party> victim, int image)
      throws Exception {
    Map<Party, ChildParty> children = new LinkedHashMap<>();
    try {
      for (Party party : ALL) {
        Path file = place.resolve(party.name()).resolve("STUDY.yml");
        Files.writeString(file, studies.get(party).toYaml());
        children.put(
            party,
            ChildParty.start(
                party,
                file,
                resume,
                "200m",
                (who, line) -> {
                  if (who.equals(Party.HOSPITAL)
                      && line instanceof Relay.Line.Done done
                      && done.image() == image) {
                    victim.ifPresent(killed -> children.get(killed).process().destroyForcibly());
                  }
                }));
      }
      for (ChildParty child : children.values()) {
        assertTrue(child.process().waitFor(200, TimeUnit.SECONDS), "a party does not end");
        child.drain();
      }
      return children;
    } finally {
      children.values().forEach(child -> child.process().destroyForcibly());
    }
  }

  /// Each party in turn is killed in the middle of an image; the third resumption runs to the end.
  @Test
  void aPartyKilledOverTlsEndsTheOthersAndResumeGoesOn() throws Exception {
    Path place = folder.resolve("killed");
    // The helper runs ahead of the others, as far as the links have room.
    int images = 250;
    Path manifest = manifest(images);
    Path expected = folder.resolve("plain-killed.csv");
    ok(
        Result.of(
            "run",
            "--model",
            tiny.model,
            "--manifest",
            manifest,
            "--protocol",
            "plain",
            "--out",
            expected));
    Map<Party, StudyFile.Transport> transports = ThreeSites.transports(true, place);
    Map<Party, StudyFile> studies = new LinkedHashMap<>();
    for (Party party : ALL) {
      studies.put(
          party, sites.study(place, party, Reveal.BOTH, transports.get(party), images, manifest));
    }
    Path scores = place.resolve("hospital/result");
    Random random = new Random(3);
    List<String> kept = List.of();
    for (Party victim : ALL) {
      int image = kept.size() + 1 + random.nextInt(20);
      boolean resume = !kept.isEmpty();
      Map<Party, ChildParty> children =
          processes(studies, place, resume, Optional.of(victim), image);
      assertSaid(children, victim);
      List<String> rows = rows(scores);
      assertEquals(kept, rows.subList(0, kept.size()), "a row was read again");
      assertTrue(rows.size() > image && rows.size() < images, rows.size() + " rows");
      kept = rows;
    }
    Map<Party, ChildParty> again = processes(studies, place, true, Optional.empty(), 0);
    for (Party party : ALL) {
      assertFalse(again.get(party).failed(), () -> again.get(party).failure());
    }
    assertEquals(rows(expected), rows(scores));
    PartyReport report = PartyReport.read(place.resolve("hospital/report.json"));
    // An image in flight when a party died may be on one disk alone: it is made anew.
    int missing = images - kept.size();
    int read = report.images().size();
    assertTrue(read == missing || read == missing + 1, read + " read, missing " + missing);
    assertTrue(report.peakMemoryBytes().isPresent());
  }

  /// The killed party and its peers failed, and those that are left name whom they lost.
  private static void assertSaid(Map<Party, ChildParty> children, Party victim) {
    StringBuilder said = new StringBuilder();
    for (Party party : ALL) {
      assertTrue(children.get(party).failed(), party + " ended well");
      if (!party.equals(victim)) {
        String failure = children.get(party).failure();
        assertTrue(ALL.stream().anyMatch(peer -> names(failure, party, peer)), failure);
        said.append(failure).append('\n');
      }
    }
    assertTrue(
        said.indexOf("to " + victim) >= 0 || said.indexOf(victim + " ") >= 0, said.toString());
  }

  private static boolean names(String failure, Party self, Party peer) {
    return !peer.equals(self) && failure.substring(self.name().length()).contains(peer.name());
  }

  /// The whole rows of a file of scores; none if there is no file yet.
  private static List<String> rows(Path scores) throws Exception {
    return Files.exists(scores)
        ? Files.readAllLines(scores).stream().filter(line -> line.startsWith("image-")).toList()
        : List.of();
  }

  @Test
  void aLaunchedRunBetweenProcessesEqualsTheTwin() throws Exception {
    Path json = tiny.file("processes.json");
    Result result =
        tiny.run(
            "processes.csv",
            4,
            "--protocol",
            "3pc",
            "--reveal",
            "vendor",
            "--parties",
            "processes",
            "--party-heap",
            "200m",
            "--json",
            json);
    ok(result);
    assertEquals(
        Files.readAllLines(tiny.file("plain.csv")).subList(0, 5),
        Files.readAllLines(tiny.file("processes.csv")));
    assertFalse(Files.exists(tiny.file("processes.csv.parties")), "keys are left");
    JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
    assertTrue(report.path("peakMemoryBytes").path("helper").asLong() > 0);
    assertTrue(report.path("twin").path("equal").asBoolean());
    assertEquals("samehost", report.path("transport").asString());
  }

  @Test
  void aFailingPartyEndsALaunchedRunWithItsOwnSentence() throws Exception {
    Path csv = folder.resolve("damaged.csv");
    Files.write(folder.resolve("damaged.png"), new byte[] {1, 2, 3});
    Files.writeString(csv, "path\np0.png\ndamaged.png\n");
    Result result =
        Result.of(
            "run",
            "--model",
            tiny.model,
            "--manifest",
            csv,
            "--protocol",
            "3pc",
            "--reveal",
            "hospital",
            "--parties",
            "processes",
            "--out",
            folder.resolve("damaged-out.csv"));
    assertEquals(1, result.code, result.err);
    assertTrue(result.err.contains("hospital: row 3"), result.err);
    assertTrue(result.err.contains("damaged.png"), result.err);
  }

  @Test
  void anInterruptedRunStopsItsPartiesAndIsResumed() throws Exception {
    Path csv = manifest(20_000);
    Path place = Files.createDirectories(folder.resolve("interrupted"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.blindread.workbench.cli.Blindread"));
    List<String> run =
        List.of(
            "run",
            "--model",
            tiny.model.toString(),
            "--manifest",
            csv.toString(),
            "--protocol",
            "3pc",
            "--reveal",
            "hospital",
            "--parties",
            "processes",
            "--out",
            place.resolve("scores.csv").toString());
    command.addAll(run);
    List<ProcessHandle> parties;
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      var _ = place.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
      Process launcher = new ProcessBuilder(command).redirectErrorStream(true).start();
      while (rows(place.resolve("scores.csv")).size() < 3) {
        assertTrue(launcher.isAlive(), () -> said(launcher));
        Optional.ofNullable(watch.poll(1, TimeUnit.SECONDS)).ifPresent(key -> key.reset());
      }
      parties = launcher.descendants().toList();
      launcher.destroy();
      assertTrue(launcher.waitFor(10, TimeUnit.SECONDS), "the launcher does not stop");
      assertEquals(130, launcher.exitValue(), () -> said(launcher));
    }
    assertEquals(3, parties.size());
    for (ProcessHandle party : parties) {
      party.onExit().get(10, TimeUnit.SECONDS);
    }
    int kept = rows(place.resolve("scores.csv")).size();
    List<Object> resumed = new ArrayList<>(run);
    resumed.addAll(List.of("--resume", "--images", kept + 3));
    ok(Result.of(resumed.toArray()));
    assertEquals(kept + 3, rows(place.resolve("scores.csv")).size());
  }

  private static String said(Process process) {
    try {
      return new String(
          process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      return "nothing";
    }
  }

  // ---- parties as threads -----------------------------------------------------------------------

  private static FutureTask<PartyReport> start(StudyFile study, boolean resume) {
    Callable<PartyReport> work = () -> StudyParty.prepare(study).run(resume, _ -> Observer.none());
    FutureTask<PartyReport> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  @Test
  void aShareWithoutItsPartnerIsMadeAnew() throws Exception {
    Path place = folder.resolve("partner");
    for (boolean resume : new boolean[] {false, true}) {
      Map<Party, StudyFile.Transport> transports = ThreeSites.transports(false, place);
      List<FutureTask<PartyReport>> tasks = new ArrayList<>();
      for (Party party : ALL) {
        tasks.add(start(sites.study(place, party, Reveal.NONE, transports.get(party), 4), resume));
      }
      for (FutureTask<PartyReport> task : tasks) {
        PartyReport report = task.get(60, TimeUnit.SECONDS);
        assertEquals(resume ? 2 : 4, report.images().size());
      }
      if (!resume) {
        loseAllButTwo(place.resolve("vendor/result"));
      }
    }
    Map<String, long[]> vendor = ShareTable.read(place.resolve("vendor/result")).shares();
    Map<String, long[]> hospital = ShareTable.read(place.resolve("hospital/result")).shares();
    Scores plain = Scores.read(tiny.file("plain.csv"));
    for (int image = 0; image < 4; image++) {
      String number = String.valueOf(image);
      long sum = vendor.get(number)[0] + hospital.get(number)[0];
      assertEquals(plain.rows().get(image).values()[0], sum * 0x1p-20);
    }
  }

  private static void loseAllButTwo(Path shares) throws Exception {
    ShareTable table = ShareTable.read(shares);
    Files.delete(shares);
    try (ShareFile file = ShareFile.create(shares, table.header())) {
      file.append("0", table.shares().get("0"));
      file.append("2", table.shares().get("2"));
    }
  }

  /// Runs all parties as threads; the vendor has a model of its own.
  private static List<FutureTask<PartyReport>> parties(
      Path place, Reveal reveal, Path model, int images, boolean resume) throws Exception {
    Map<Party, StudyFile.Transport> transports = ThreeSites.transports(false, place);
    List<FutureTask<PartyReport>> tasks = new ArrayList<>();
    for (Party party : ALL) {
      StudyFile study = sites.study(place, party, reveal, transports.get(party), images);
      StudyFile.Site site = study.site();
      if (site instanceof StudyFile.Site.Vending vendor) {
        site = new StudyFile.Site.Vending(model.toString(), vendor.card(), false, vendor.result());
      }
      tasks.add(start(ThreeSites.with(study, place.resolve("M.plan"), site), resume));
    }
    return tasks;
  }

  @ParameterizedTest
  @EnumSource(
      value = Reveal.class,
      names = {"HOSPITAL", "VENDOR", "NONE"})
  void aRunIsNotResumedWithOtherWeights(Reveal reveal) throws Exception {
    Path place = Files.createDirectories(folder.resolve("weights-" + reveal));
    Files.copy(folder.resolve("M.plan"), place.resolve("M.plan"));
    for (FutureTask<PartyReport> task : parties(place, reveal, tiny.model, 2, false)) {
      assertEquals(2, task.get(60, TimeUnit.SECONDS).images().size());
    }
    Path other = place.resolve("other.onnx");
    Files.write(other, TinyStudy.network(8));
    Files.copy(ModelCard.pathFor(tiny.model), ModelCard.pathFor(other));
    StudyFile vendor =
        sites.study(
            place, Party.VENDOR, reveal, ThreeSites.transports(false, place).get(Party.VENDOR), 3);
    StudyFile.Site.Vending mine = (StudyFile.Site.Vending) vendor.site();
    StudyFile.Site site =
        new StudyFile.Site.Vending(other.toString(), mine.card(), false, mine.result());
    FutureTask<PartyReport> resumed =
        start(ThreeSites.with(vendor, place.resolve("M.plan"), site), true);
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> resumed.get(120, TimeUnit.SECONDS));
    assertTrue(e.getCause() instanceof WorkbenchException, e.toString());
    assertTrue(
        e.getCause().getMessage().contains("begun with another model"), e.getCause().getMessage());
    for (FutureTask<PartyReport> task : parties(place, reveal, tiny.model, 3, true)) {
      assertTrue(task.get(60, TimeUnit.SECONDS).images().size() <= 3);
    }
  }

  @Test
  void aRunIsNotResumedWithOtherImagesOrTerms() throws Exception {
    Path place = Files.createDirectories(folder.resolve("terms"));
    Files.copy(folder.resolve("M.plan"), place.resolve("M.plan"));
    for (FutureTask<PartyReport> task : parties(place, Reveal.HOSPITAL, tiny.model, 2, false)) {
      assertEquals(2, task.get(60, TimeUnit.SECONDS).images().size());
    }
    StudyFile.Transport transport = ThreeSites.transports(false, place).get(Party.HOSPITAL);
    StudyFile images =
        sites.study(
            place, Party.HOSPITAL, Reveal.HOSPITAL, transport, 3, manifest(TinyStudy.IMAGES));
    StudyFile terms = sites.study(place, Party.HOSPITAL, Reveal.BOTH, transport, 3);
    for (Map.Entry<StudyFile, String> wrong :
        Map.of(images, "another manifest", terms, "another reveal").entrySet()) {
      StudyFile study = ThreeSites.with(wrong.getKey(), place.resolve("M.plan"));
      ExecutionException e =
          assertThrows(
              ExecutionException.class, () -> start(study, true).get(120, TimeUnit.SECONDS));
      assertTrue(e.getCause().getMessage().contains(wrong.getValue()), e.getCause().getMessage());
    }
  }

  @Test
  void partiesThatCountImagesDifferentlyAreTold() throws Exception {
    Path place = folder.resolve("counts");
    Map<Party, StudyFile.Transport> transports = ThreeSites.transports(false, place);
    List<FutureTask<PartyReport>> tasks = new ArrayList<>();
    for (Party party : ALL) {
      int images = party.equals(Party.HOSPITAL) ? 3 : 2;
      tasks.add(
          start(sites.study(place, party, Reveal.HOSPITAL, transports.get(party), images), false));
    }
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> tasks.getFirst().get(120, TimeUnit.SECONDS));
    assertTrue(e.getCause().getMessage().contains("differ in 'images'"), e.getCause().getMessage());
  }

  @Test
  void everyPartyLogsItsOwnViewAcrossARestart() throws Exception {
    Path place = Files.createDirectories(folder.resolve("logs"));
    Files.copy(folder.resolve("M.plan"), place.resolve("M.plan"));
    for (boolean resume : new boolean[] {false, true}) {
      int images = resume ? 0 : 2;
      for (FutureTask<PartyReport> task : parties(place, Reveal.HOSPITAL, tiny.model, 2, resume)) {
        assertEquals(images, task.get(60, TimeUnit.SECONDS).images().size());
      }
      for (Party party : ALL) {
        StudyFile study =
            ThreeSites.with(
                sites.study(
                    place, party, Reveal.HOSPITAL, new StudyFile.Transport.SameHost(place), 2),
                place.resolve("M.plan"));
        List<ImageCost> rows = new ArrayList<>();
        ImageLog.beside(study.place()).images(rows::add);
        List<String> names =
            party.equals(Party.HOSPITAL) ? List.of("image-0", "image-1") : List.of("0", "1");
        assertEquals(names, rows.stream().map(ImageCost::image).toList());
        for (ImageCost row : rows) {
          assertEquals(party.name(), row.party());
          assertEquals(4, row.bytes().size(), "to and from two peers");
          assertTrue(row.peakMemoryBytes().isPresent());
        }
      }
    }
  }

  @Test
  void partiesThatTurnKnobsDifferentlyAreTold() throws Exception {
    Path place = folder.resolve("knobs");
    Map<Party, StudyFile.Transport> transports = ThreeSites.transports(false, place);
    List<FutureTask<PartyReport>> tasks = new ArrayList<>();
    for (Party party : ALL) {
      StudyFile study =
          ThreeSites.by(
              new Turnable(), sites.study(place, party, Reveal.HOSPITAL, transports.get(party), 2));
      tasks.add(
          start(party.equals(Party.HOSPITAL) ? study.with(Map.of("ot", "ferret")) : study, false));
    }
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> tasks.getFirst().get(120, TimeUnit.SECONDS));
    assertTrue(
        e.getCause()
            .getMessage()
            .contains(
                "differ in 'knobs': 'ot=ferret prepare=off' there, 'ot=softspoken prepare=off' here"),
        e.getCause().getMessage());
  }
}
