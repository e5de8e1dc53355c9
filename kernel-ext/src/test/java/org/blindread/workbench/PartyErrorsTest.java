package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.blindread.mpc.net.Certificates;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.workbench.cli.TinyStudy;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What stops a party before any secret flows: one sentence each, and an exit code that is not 0.
@Timeout(300)
final class PartyErrorsTest {
  @TempDir private static Path folder;
  private static TinyStudy tiny;
  private static ThreeSites sites;

  @BeforeAll
  static void writeStudy() throws Exception {
    tiny = TinyStudy.in(folder);
    sites = new ThreeSites(folder, tiny);
    ok(Result.of("plan", tiny.model, "--export", folder.resolve("M.plan")));
  }

  private static void ok(Result result) {
    assertEquals(0, result.code, result.out + result.err);
  }

  private static void assertSentence(Result result, int code, String... parts) {
    assertEquals(code, result.code, result.out + result.err);
    assertEquals(1, result.err.lines().count(), result.err);
    assertTrue(result.err.startsWith("blindread: "), result.err);
    for (String part : parts) {
      assertTrue(result.err.contains(part), result.err);
    }
  }

  private static Result party(Party party, StudyFile study, Path place) throws Exception {
    Path file = place.resolve(party.name()).resolve("STUDY.yml");
    Files.writeString(file, study.toYaml());
    return Result.of("party", "--role", party.name(), "--config", file);
  }

  @Test
  void aPortInUseIsSaid() throws Exception {
    Path place = folder.resolve("port");
    StudyFile.Transport.Tls tls =
        (StudyFile.Transport.Tls) ThreeSites.transports(true, place).get(Party.HELPER);
    int port = tls.parties().get(Party.HELPER).getPort();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertTrue(taken.isBound());
      StudyFile study = sites.study(place, Party.HELPER, Reveal.HOSPITAL, tls, 2);
      Result result = party(Party.HELPER, study, place);
      assertSentence(result, 1, String.valueOf(port));
    }
  }

  @Test
  void aCertificateOfAnotherStudyIsSaid() throws Exception {
    Path place = folder.resolve("foreign");
    StudyFile.Transport.Tls mine =
        (StudyFile.Transport.Tls) ThreeSites.transports(true, place).get(Party.HELPER);
    ok(Result.of("certificates", "init", "--folder", place.resolve("ca"), "--study", "other"));
    ok(Result.of("certificates", "issue", "--folder", place.resolve("ca"), "helper"));
    StudyFile.Transport.Tls foreign =
        new StudyFile.Transport.Tls(
            mine.parties(),
            mine.ca(),
            place.resolve("ca/helper.pem"),
            place.resolve("ca/helper.key"));
    Result result =
        party(Party.HELPER, sites.study(place, Party.HELPER, Reveal.HOSPITAL, foreign, 2), place);
    assertSentence(result, 1, "helper.pem");
  }

  @Test
  void anExpiredCertificateIsSaid() throws Exception {
    Path place = folder.resolve("expired");
    StudyFile.Transport.Tls mine =
        (StudyFile.Transport.Tls) ThreeSites.transports(true, place).get(Party.HELPER);
    Path authority = place.resolve("ca");
    Certificates.init(authority, "past");
    Certificates.issue(authority, Party.HELPER, List.of("127.0.0.1"), Duration.ofMinutes(-1));
    StudyFile.Transport.Tls past =
        new StudyFile.Transport.Tls(
            mine.parties(),
            authority.resolve("ca.pem"),
            authority.resolve("helper.pem"),
            authority.resolve("helper.key"));
    Result result =
        party(Party.HELPER, sites.study(place, Party.HELPER, Reveal.HOSPITAL, past, 2), place);
    assertSentence(result, 1, "helper", "expired on", "issue a new one");
  }

  /// The studies of all three over TLS, changed by party, started as the command does.
  private static Map<Party, Result> together(
      Path place, BiFunction<Party, StudyFile, StudyFile> change) throws Exception {
    Map<Party, StudyFile.Transport> transports = ThreeSites.transports(true, place);
    Map<Party, FutureTask<Result>> tasks = new LinkedHashMap<>();
    for (Party party : ThreeSites.ALL) {
      StudyFile study = sites.study(place, party, Reveal.HOSPITAL, transports.get(party), 2);
      StudyFile mine = change.apply(party, study);
      FutureTask<Result> task = new FutureTask<>(() -> party(party, mine, place));
      Thread.ofPlatform().daemon().start(task);
      tasks.put(party, task);
    }
    Map<Party, Result> results = new LinkedHashMap<>();
    for (Party party : ThreeSites.ALL) {
      results.put(party, tasks.get(party).get(120, TimeUnit.SECONDS));
    }
    return results;
  }

  @Test
  void aPeerWithAnotherPlanIsSaidByAll() throws Exception {
    Path other = folder.resolve("other.plan");
    assertEquals(0, Result.of("plan", tiny.model, "--scale", 18, "--export", other).code);
    Map<Party, Result> results =
        together(
            folder.resolve("plans"),
            (party, study) -> party.equals(Party.HELPER) ? ThreeSites.with(study, other) : study);
    StringBuilder said = new StringBuilder();
    for (Party party : ThreeSites.ALL) {
      assertSentence(results.get(party), 1);
      said.append(results.get(party).err);
    }
    assertTrue(said.indexOf("differ in 'plan'") >= 0, said.toString());
  }

  @Test
  void aPeerOfAnotherStudyIsSaidByItselfAndMissedByTheOthers() throws Exception {
    Path place = folder.resolve("stranger");
    Path authority = folder.resolve("strange-ca");
    Certificates.init(authority, "strange");
    Certificates.issue(authority, Party.VENDOR, List.of("127.0.0.1"));
    Map<Party, Result> results =
        together(
            place,
            (party, study) -> {
              StudyFile.Transport.Tls mine = (StudyFile.Transport.Tls) study.transport();
              return party.equals(Party.VENDOR)
                  ? ThreeSites.over(
                      study,
                      new StudyFile.Transport.Tls(
                          mine.parties(),
                          authority.resolve("ca.pem"),
                          authority.resolve("vendor.pem"),
                          authority.resolve("vendor.key")),
                      60)
                  : ThreeSites.over(study, mine, 20);
            });
    assertSentence(results.get(Party.VENDOR), 1, "was not issued by the authority of this study");
    for (Party party : List.of(Party.HELPER, Party.HOSPITAL)) {
      assertSentence(results.get(party), 1, "vendor");
    }
  }

  @Test
  void aVendorWhoseModelGivesAnotherPlanIsRefused() throws Exception {
    Path place = folder.resolve("vendor-plan");
    Path edited = folder.resolve("edited.plan");
    Files.writeString(
        edited, Files.readString(folder.resolve("M.plan")).replace("\"relu1\"", "\"relux\""));
    StudyFile study =
        sites.study(
            place,
            Party.VENDOR,
            Reveal.HOSPITAL,
            ThreeSites.transports(false, place).get(Party.VENDOR),
            2);
    Result result = party(Party.VENDOR, ThreeSites.with(study, edited), place);
    assertSentence(result, 2, "does not give the plan");
    Files.writeString(edited, "blindread-plan 1\nnonsense\n");
    Result broken = party(Party.VENDOR, ThreeSites.with(study, edited), place);
    assertSentence(broken, 2, "no valid plan");
  }
}
