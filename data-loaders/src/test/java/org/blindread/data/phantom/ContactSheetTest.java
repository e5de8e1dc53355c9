package org.blindread.data.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.blindread.data.GreyImage;
import org.blindread.data.ImageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
  @Test
  void aSheetShowsTwelveFilmsWithEveryFinding() {
    for (VirtualSite site : VirtualSite.all()) {
      List<PhantomStudy> films = ContactSheet.films(site);
      assertEquals(12, new HashSet<>(films).size(), site.label());
      for (String finding : EmbeddedCohort.FINDINGS) {
        long shown = films.stream().filter(film -> film.findings().get(finding)).count();
        assertTrue(shown >= 2, site.label() + " " + finding);
      }
    }
  }

  @Test
  void theCommittedSheetsAreThoseOfTheseFilms(@TempDir Path folder) throws Exception {
    ContactSheet.main(new String[] {folder.toString()});
    for (VirtualSite site : VirtualSite.all()) {
      Path sheet = folder.resolve(site.label() + ".png");
      Path committed = Path.of("../docs/phantoms", site.label() + ".png");
      GreyImage drawn = ImageFile.read(sheet);
      GreyImage kept = ImageFile.read(committed);
      assertEquals(drawn.width(), kept.width(), site.label());
      for (int i = 0; i < drawn.samples().length; i++) {
        assertEquals(drawn.samples()[i], kept.samples()[i], site.label() + ", pixel " + i);
      }
      assertTrue(Files.size(committed) <= 300_000, site.label());
    }
  }
}
