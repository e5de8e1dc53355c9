package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.blindread.mpc.net.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StudyFileTest {
  private static final String HOSPITAL =
      """
      run: pilot-1
      protocol: 3pc
      reveal: hospital
      images: 100
      plan: M.plan
      transport: tls
      parties: {helper: h.example:7001, vendor: v.example:7002, hospital: c.example:7003}
      certificates: {ca: ca.pem, certificate: hospital.pem, key: keys/hospital.key}
      manifest: images.csv
      card: M.public.json
      out: scores.csv
      """;

  @TempDir private Path folder;

  private StudyFile read(Party role, String text) throws Exception {
    Path file = folder.resolve("STUDY.yml");
    Files.writeString(file, text);
    return StudyFile.read(file, role);
  }

  @Test
  void aHospitalsFileIsRead() throws Exception {
    StudyFile study = read(Party.HOSPITAL, HOSPITAL);
    assertEquals("pilot-1", study.run());
    assertEquals("faithful", study.mode().toString());
    assertEquals(1, study.lanes());
    assertEquals(folder.resolve("M.plan"), study.plan());
    StudyFile.Transport.Tls tls = (StudyFile.Transport.Tls) study.transport();
    assertEquals(
        InetSocketAddress.createUnresolved("v.example", 7002), tls.parties().get(Party.VENDOR));
    assertEquals(folder.resolve("keys/hospital.key"), tls.key());
    StudyFile.Site.Imaging site = (StudyFile.Site.Imaging) study.site();
    assertEquals(folder.resolve("scores.csv"), site.result().orElseThrow());
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    StudyFile study = read(Party.HOSPITAL, HOSPITAL);
    assertEquals(study.toYaml(), read(Party.HOSPITAL, study.toYaml()).toYaml());
    String vendor =
        HOSPITAL
            .replace("manifest: images.csv", "model: M.onnx")
            .replace("reveal: hospital", "reveal: none")
            .replace("out: scores.csv", "shares: shares")
            .replace("card: M.public.json\n", "");
    StudyFile other = read(Party.VENDOR, vendor);
    assertEquals(other.toYaml(), read(Party.VENDOR, other.toYaml()).toYaml());
    assertTrue(other.toYaml().contains(folder.resolve("M.onnx").toString()));
  }

  @Test
  void knobsAreReadWrittenAndTurnedOnTheCommandLine() throws Exception {
    String text =
        HOSPITAL.replace("protocol: 3pc", "protocol: turnable\nknobs: {ot: ferret, prepare: on}");
    StudyFile study = read(Party.HOSPITAL, text);
    assertEquals(Map.of("ot", "ferret", "prepare", "on"), study.knobs());
    assertEquals(study.knobs(), read(Party.HOSPITAL, study.toYaml()).knobs());
    assertEquals(Map.of("ot", "iknp", "prepare", "on"), study.with(Map.of("ot", "iknp")).knobs());
    assertThrows(IllegalArgumentException.class, () -> study.with(Map.of("ot", "none")));
    assertEquals(Map.of(), read(Party.HOSPITAL, HOSPITAL).knobs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "run: pilot-1|run: pilot 1|run must be",
        "run: pilot-1|rum: pilot-1|rum: unknown field",
        "reveal: hospital|''|reveal is missing",
        "reveal: hospital|reveal: all|reveal must be hospital, vendor, both or none",
        "protocol: 3pc|protocol: 9pc|no protocol '9pc'",
        "images: 100|knobs: {ot: ferret}|knobs: protocol 3pc has no knob 'ot'; it has none",
        "images: 100|knobs: ot=ferret|knobs must be an object",
        "images: 100|images: many|images must be a whole number",
        "images: 100|images: 0|images must be 1",
        "transport: tls|transport: pigeon|transport must be tls or samehost",
        "h.example:7001|h.example|parties.helper must be host:port",
        "h.example:7001|h.example:70010|parties.helper must be host:port",
        "certificate: hospital.pem,|''|certificates.certificate is missing",
        "manifest: images.csv|model: M.onnx|model: unknown field",
        "out: scores.csv|''|out is missing",
        "reveal: hospital|reveal: none|shares is missing",
      })
  void aFaultIsNamedByItsKey(String from, String to, String expected) throws Exception {
    String text = HOSPITAL.replace(from, to);
    assertNotEquals(HOSPITAL, text);
    WorkbenchException e = assertThrows(WorkbenchException.class, () -> read(Party.HOSPITAL, text));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains("STUDY.yml"), e.getMessage());
  }

  @Test
  void aFileThatIsNoYamlIsRefused() {
    for (String text : new String[] {"", "- a\n- b\n", "run: [", "run: a\nrun: b\n"}) {
      assertThrows(WorkbenchException.class, () -> read(Party.HELPER, text));
    }
  }

  @Test
  void aRelayedLineIsUnderstoodAndAForeignOneIgnored() {
    assertEquals(
        new Relay.Line.Step(3, 7, 99, "a layer"), Relay.parse("step 3 7 99 a layer").orElseThrow());
    Relay.Line.Done done = (Relay.Line.Done) Relay.parse("done 4 1000 -5,6").orElseThrow();
    assertEquals(4, done.image());
    assertEquals(-5, done.elements().orElseThrow()[0]);
    assertTrue(Relay.parse("WARNING: something").isEmpty());
    assertTrue(Relay.parse("done four 1000").isEmpty());
  }
}
