package org.blindread.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A row of a cohort takes at most 1 KB of heap.
class CohortMemoryTest {
  private static final int ROWS = 30_000;
  private static final int FINDINGS = 14;
  private static final int BYTES_PER_ROW = 1024;
  private static final String NAME = "patient%06d-study%02d-view%d_frontal.png";

  @TempDir Path folder;

  /// What lives on the heap: the least of some collections, since other threads only ever add to
  /// it.
  private static long live() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Test
  void aRowWithAllColumnsTakesAtMostOneKilobyte() throws Exception {
    Path images = Files.createDirectory(folder.resolve("frontal"));
    Path csv = folder.resolve("manifest.csv");
    String findings =
        IntStream.range(0, FINDINGS).mapToObj(f -> "finding" + f).collect(Collectors.joining(","));
    try (BufferedWriter out = Files.newBufferedWriter(csv)) {
      out.write("path,image,patient,site,view,sex,age,split,country,scanner," + findings + "\n");
      for (int i = 0; i < ROWS; i++) {
        String name = NAME.formatted(i, i % 7, i % 3);
        Files.createFile(images.resolve(name));
        out.write(
            "frontal/%s,hospital-image-%06d,hospital-patient-%06d,Site %d,PA,F,%d.%d,part %d,India,Scanner %d of a long name"
                .formatted(name, i, i, i % 7, i % 90, i % 10, i % 3, i % 20));
        for (int f = 0; f < FINDINGS; f++) {
          out.write("," + (((i * 2654435761L) >>> f) % 3 - 1));
        }
        out.write("\n");
      }
    }
    // one row, so that what is loaded once is loaded
    Path one =
        Files.writeString(
            folder.resolve("one.csv"),
            "path,x,age\nfrontal/%s,1,3\n".formatted(NAME.formatted(0, 0, 0)));
    assertEquals(1, Cohort.read(one).size());
    long before = live();
    Cohort cohort = Cohort.read(csv);
    long bytes = live() - before;
    assertEquals(ROWS, cohort.size());
    assertEquals(FINDINGS, cohort.findings().size());

    assertTrue(bytes < (long) ROWS * BYTES_PER_ROW, bytes / ROWS + " bytes a row");
    assertTrue(bytes > ROWS * 100L, "the measure does not measure: " + bytes);
  }
}
