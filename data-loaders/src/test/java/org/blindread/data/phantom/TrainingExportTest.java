package org.blindread.data.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.blindread.data.transform.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingExportTest {
  @Test
  void thePixelsAreThoseTheNetworkWillSee(@TempDir Path folder) throws Exception {
    TrainingExport.main(new String[] {folder.toString(), "few", "64", "3", "4"});
    byte[] bytes = Files.readAllBytes(folder.resolve("few.u8"));
    List<String> rows = Files.readAllLines(folder.resolve("few.csv"));
    List<PhantomStudy> studies = Phantoms.training(3, 4).toList();
    assertEquals(4 * 64 * 64, bytes.length);
    assertEquals(5, rows.size());
    assertEquals(
        "image,patient,site,country,view,sex,age,"
            + "cardiomegaly,edema,consolidation,atelectasis,pleural effusion",
        rows.getFirst());
    Preprocessing network = Preprocessing.imageNet(64, 64);
    for (int i = 0; i < 4; i++) {
      PhantomStudy study = studies.get(i);
      assertEquals(study.image(), rows.get(i + 1).split(",", -1)[0]);
      String edema = study.findings().get("edema") ? "1" : "0";
      assertEquals(edema, rows.get(i + 1).split(",", -1)[8]);
      float[] input = network.apply(study.render());
      for (int p = 0; p < 64 * 64; p++) {
        int grey = bytes[i * 64 * 64 + p] & 0xFF;
        assertEquals((grey / 255f - 0.485f) / 0.229f, input[p], 1e-6f);
      }
    }
  }

  @Test
  void driftedFilmsAreWrittenIfAskedFor(@TempDir Path folder) throws Exception {
    TrainingExport.main(new String[] {folder.toString(), "few", "32", "drifted", "3", "2"});
    assertEquals(2 * 32 * 32, Files.size(folder.resolve("few.u8")));
    assertEquals(
        Phantoms.drifted(3, 2).map(PhantomStudy::image).toList(),
        Files.readAllLines(folder.resolve("few.csv")).stream()
            .skip(1)
            .map(row -> row.split(",", -1)[0])
            .toList());
  }

  @Test
  void argumentsAreNeeded() {
    assertThrows(
        IllegalArgumentException.class, () -> TrainingExport.main(new String[] {"x", "y"}));
    assertThrows(
        IllegalArgumentException.class,
        () -> TrainingExport.main(new String[] {"x", "y", "64", "other", "1", "2"}));
  }
}
