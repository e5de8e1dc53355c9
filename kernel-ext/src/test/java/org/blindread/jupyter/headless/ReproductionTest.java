package org.blindread.jupyter.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.blindread.jupyter.InstalledKernel;
import org.blindread.jupyter.spec.HostKernel;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.run.Protocols;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Turnable;
import org.blindread.workbench.cli.TinyStudy;
import org.blindread.workbench.validation.Validation;
import org.blindread.workbench.validation.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notebook 02, executed as `reproduce` executes it.
final class ReproductionTest {
  private static final Path NOTEBOOKS = InstalledKernel.project().resolve("notebooks");
  private static final Margin MARGIN = Margin.prespecified(0.02, "a test");

  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();

  private Reproduction reproduction(String cohort, Path model, int images) {
    return new Reproduction(
        NOTEBOOKS.resolve(Reproduction.NOTEBOOK),
        cohort,
        model,
        Reproduction.How.by(Protocols.of("3pc")),
        images,
        MARGIN);
  }

  private Validation run(Reproduction reproduction, HostKernel host, String runs) throws Exception {
    InstalledKernel kernel =
        InstalledKernel.of(host, Files.createDirectories(folder.resolve(host.toString())));
    return reproduction.run(
        kernel.python(), kernel.spec(), folder.resolve(runs), new PrintWriter(console));
  }

  private Path only(String runs) throws IOException {
    try (Stream<Path> folders = Files.list(folder.resolve(runs))) {
      List<Path> found = folders.toList();
      assertEquals(1, found.size(), found.toString());
      return found.getFirst();
    }
  }

  /// What stands in the csv files of a study, but for what times are in.
  private static Map<String, String> numbers(Path study) throws IOException {
    Map<String, String> numbers = new TreeMap<>();
    try (Stream<Path> files = Files.walk(study)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
        String name = study.relativize(file).toString();
        if (name.startsWith("tables") || name.startsWith("figures")) {
          numbers.put(name, Files.readString(file));
        }
      }
    }
    assertFalse(numbers.isEmpty());
    return numbers;
  }

  private static Map<String, String> withoutTimes(Map<String, String> numbers) {
    Map<String, String> rest = new TreeMap<>(numbers);
    rest.keySet()
        .removeAll(List.of("tables/resources.csv", "tables/paper.csv", "figures/time.csv"));
    return rest;
  }

  @Test
  void theEmbeddedCohortIsReproducedAndAgainOnTheOtherHost() throws Exception {
    Reproduction embedded =
        reproduction(
            Cohorts.EMBEDDED, NOTEBOOKS.resolve("models/densenet121_phantoms_128.onnx"), 14);
    Validation study = run(embedded, HostKernel.JJAVA, "runs");
    assertTrue(study.equal(), study.toString());
    assertEquals(1149, study.twin().scores().rows().size());
    assertEquals(14, study.secure().scores().rows().size());
    Path kept = only("runs");
    assertTrue(Verification.of(kept).well(), Verification.of(kept).toString());
    String page = Files.readString(kept.resolve("report.html"));
    assertTrue(page.contains("equal to the twin bit for bit on 14 of 14: yes"));
    assertTrue(page.contains(Cohorts.SYNTHETIC));
    assertTrue(page.contains("not available offline"));
    assertTrue(page.split("<img ", -1).length > 6, "figures");
    assertFalse(page.contains("<script") || page.contains("<link"), "nothing from outside");
    Map<String, String> first = numbers(kept);

    assertTrue(run(embedded, HostKernel.IJAVA, "runs").equal());
    assertEquals(first, numbers(only("runs")), "nothing was read again");
    assertTrue(Verification.of(kept).well(), Verification.of(kept).toString());
  }

  @Test
  void stoppedThreeTimesItComesToTheSameNumbers() throws Exception {
    TinyStudy tiny = TinyStudy.in(Files.createDirectory(folder.resolve("tiny")));
    Reproduction reproduction = reproduction(tiny.manifest.toString(), tiny.model, 6);
    assertTrue(run(reproduction, HostKernel.JJAVA, "whole").equal());
    Path whole = only("whole");
    Path stopped = Files.createDirectories(folder.resolve("stopped").resolve(whole.getFileName()));
    for (String moment : List.of(Validation.PLAIN, Validation.TWIN, Validation.SECURE)) {
      stop(reproduction, stopped, moment);
    }
    assertTrue(run(reproduction, HostKernel.JJAVA, "stopped").equal());
    assertEquals(withoutTimes(numbers(whole)), withoutTimes(numbers(stopped)));
    assertTrue(Verification.of(stopped).well(), Verification.of(stopped).toString());
  }

  @Test
  void fastModeIsReproducedInAFolderOfItsOwn() throws Exception {
    TinyStudy tiny = TinyStudy.in(Files.createDirectory(folder.resolve("fast")));
    Reproduction faithful = reproduction(tiny.manifest.toString(), tiny.model, 4);
    Reproduction fast =
        new Reproduction(
            faithful.notebook(),
            faithful.cohort(),
            faithful.model(),
            new Reproduction.How(Protocols.of("3pc"), Mode.FAST, Map.of()),
            4,
            MARGIN);
    Validation study = run(fast, HostKernel.JJAVA, "fast-runs");
    assertTrue(study.asPromised(), study.toString());
    assertEquals("fast", study.secure().report().json().path("mode").asString());
    assertTrue(study.toString().contains("fast mode, at most "), study.toString());
    Path kept = only("fast-runs");
    assertTrue(Verification.of(kept).well(), Verification.of(kept).toString());
  }

  @Test
  void knobsArePartOfHow() {
    Reproduction.How how =
        new Reproduction.How(new Turnable(), Mode.FAST, Map.of("prepare", "on", "ot", "ferret"));
    assertEquals("turnable fast ot=ferret prepare=on", how.toString());
    assertEquals("ot=ferret,prepare=on", how.with());
    assertEquals("3pc", Reproduction.How.by(Protocols.of("3pc")).toString());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Reproduction.How(Protocols.of("3pc"), Mode.FAST, Map.of("ot", "ferret")));
    assertThrows(IllegalArgumentException.class, () -> Reproduction.How.by(Protocols.of("plain")));
  }

  /// Interrupts as soon as a run's folder is made.
  private void stop(Reproduction reproduction, Path study, String moment) throws Exception {
    AtomicReference<String> end = new AtomicReference<>("");
    try (WatchService watch = study.getFileSystem().newWatchService()) {
      study.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Thread call =
          new Thread(
              () -> {
                try {
                  var _ = run(reproduction, HostKernel.JJAVA, "stopped");
                  end.set("well");
                } catch (Exception e) {
                  end.set(e.getClass().getSimpleName());
                }
              });
      call.start();
      boolean made = Files.exists(study.resolve(moment));
      while (!made) {
        WatchKey key = watch.poll(5, TimeUnit.MINUTES);
        assertTrue(key != null, "the run '" + moment + "' did not begin: " + console);
        for (WatchEvent<?> event : key.pollEvents()) {
          made |= String.valueOf(event.context()).equals(moment);
        }
        key.reset();
      }
      call.interrupt();
      call.join();
    }
    assertEquals("InterruptedException", end.get(), moment);
  }
}
