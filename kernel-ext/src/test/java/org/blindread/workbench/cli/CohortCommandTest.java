package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.blindread.data.Cohort;
import org.blindread.data.Study;
import org.blindread.data.phantom.EmbeddedCohort;
import org.blindread.data.phantom.PhantomCohort;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CohortCommandTest {
  @TempDir private Path folder;

  private static Result ok(Object... arguments) {
    Result result = Result.of(arguments);
    assertEquals(0, result.code, result.err);
    return result;
  }

  @Test
  void theEmbeddedCohortIsShownAsSynthetic() {
    String shown = ok("cohort", "show").out;
    assertTrue(shown.contains("embedded (SYNTHETIC): 1149 images"), shown);
    for (String finding : EmbeddedCohort.FINDINGS) {
      assertTrue(shown.contains(finding + ": "), shown);
    }
  }

  @Test
  void theSheetHoldsImagesOfEachSite() throws Exception {
    Path sheet = folder.resolve("sheet.png");
    ok("cohort", "show", "--images", "2", "--out", sheet);
    var picture = ImageIO.read(sheet.toFile());
    assertEquals(2, Math.round(picture.getWidth() / 166.0), "two thumbnails side by side");
    assertEquals(7, Math.round(picture.getHeight() / 196.0), "a row a site");
  }

  @Test
  void statsCountEverySiteAndAll() throws Exception {
    Path csv = folder.resolve("stats.csv");
    Path rows = folder.resolve("rows.csv");
    String table = ok("cohort", "stats", "--csv", csv, "--rows", rows).out;
    List<String> lines = Files.readAllLines(csv);
    assertEquals(9, lines.size(), "a header, seven sites, all");
    assertTrue(lines.getLast().startsWith("all,1149,"), lines.getLast());
    assertEquals(1150, Files.readAllLines(rows).size());
    for (String site : PhantomCohort.embedded().sites()) {
      assertTrue(table.contains(site), table);
    }
  }

  @Test
  void whatIsExportedReadsBackTheSame() throws Exception {
    Path out = folder.resolve("phantoms");
    ok("cohort", "export", "--images", "14", "--out", out);
    Cohort exported = Cohort.read(out.resolve("manifest.csv"));
    assertTrue(exported.synthetic());
    assertEquals(14, exported.size());
    assertEquals(7, exported.sites().size());
    Cohort embedded = PhantomCohort.embedded();
    for (Study study : exported.studies()) {
      Study original =
          embedded.where(other -> other.image().equals(study.image())).studies().getFirst();
      assertArrayEquals(original.read().samples(), study.read().samples(), study.image());
      assertEquals(original.labels().said(), study.labels().said(), study.image());
    }
    assertEquals(
        exported.truth().rows().size(),
        Cohorts.truth(out + "/truth.csv", List.of()).truth().rows().size());
    assertTrue(Cohorts.truth(out + "/manifest.csv", List.of()).synthetic());
    assertTrue(Cohorts.truth("embedded", List.of()).synthetic());
  }

  @Test
  void aWrongSiteNamesTheRightOnes() {
    Result result = Result.of("cohort", "stats", "--site", "atlantis");
    assertEquals(Failure.INPUT, result.code);
    assertTrue(result.err.contains(PhantomCohort.embedded().sites().getFirst()), result.err);
  }
}
