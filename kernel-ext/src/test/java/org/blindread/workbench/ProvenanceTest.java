package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {

  /// NIST FIPS 180-2, appendix B.1 and B.3.
  @Test
  void hashesAreThoseOfTheStandard(@TempDir Path folder) throws Exception {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Sha256.of("abc".getBytes(StandardCharsets.UTF_8)));
    Path million = Files.writeString(folder.resolve("million"), "a".repeat(1_000_000));
    assertEquals(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Sha256.of(million));
    Path absent = folder.resolve("absent");
    var e = assertThrows(WorkbenchException.class, () -> Sha256.of(absent));
    assertEquals("cannot read " + absent + ": no such file, or not readable", e.getMessage());
  }

  @Test
  void aRunKnowsWhatComputedIt() {
    Provenance run = Provenance.of(Map.of("model", "ab"), Map.of("onnxruntime", "1.29.0"));
    assertEquals(Map.of("model", "ab"), run.sha256());
    assertEquals("1.29.0", run.versions().get("onnxruntime"));
    assertTrue(run.versions().containsKey("blindread"));
    assertEquals(Runtime.version().toString(), run.versions().get("java"));
    assertTrue(run.processors() > 0);
  }

  @Test
  void theProcessorIsTheFirstOneNamed() {
    assertEquals(
        "Some CPU @ 2 GHz",
        Provenance.processor(
            "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n\nmodel name\t: Other\n"));
    assertEquals(System.getProperty("os.arch"), Provenance.processor("Features : fp asimd\n"));
  }

  @Test
  void peakMemoryIsReadFromTheStatusWhereThereIsOne() {
    assertEquals(
        OptionalLong.of(2048L * 1024), PeakMemory.parse("VmPeak:\t 9 kB\nVmHWM:\t    2048 kB\n"));
    assertEquals(OptionalLong.empty(), PeakMemory.parse("VmHWM:\tmany kB\n"));
    assertEquals(OptionalLong.empty(), PeakMemory.parse(""));
    assertEquals(
        Files.exists(Path.of("/proc/self/status")), PeakMemory.bytes().orElse(0) > 1 << 20);
  }
}
