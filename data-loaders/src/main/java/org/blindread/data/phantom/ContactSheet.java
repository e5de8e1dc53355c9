package org.blindread.data.phantom;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/// Draws the pictures of `docs/phantoms/`: a sheet a site, twelve films of the embedded cohort
/// each, every one marked SYNTHETIC.
///
/// ```
/// java -cp data-loaders/target/classes org.blindread.data.phantom.ContactSheet docs/phantoms
/// ```
public final class ContactSheet {
  private static final int COLUMNS = 4;
  private static final int ROWS = 3;
  private static final int CELL = 168;
  private static final int CAPTION = 12;

  private ContactSheet() {}

  /// Writes `DIR/SITE.png` for every site.
  ///
  /// @param arguments the folder
  /// @throws IOException if a file cannot be written
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("give the folder to write to");
    }
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    for (VirtualSite site : VirtualSite.all()) {
      Path file = folder.resolve(site.label() + ".png");
      if (!ImageIO.write(sheet(site), "png", file.toFile())) {
        throw new IOException("this Java cannot write PNG files");
      }
    }
  }

  /// The films of a sheet: two without a finding, then two with each, the first in the cohort that
  /// are not on the sheet already.
  static List<PhantomStudy> films(VirtualSite site) {
    List<PhantomStudy> chosen = new ArrayList<>();
    List<PhantomStudy> all =
        EmbeddedCohort.studies().stream().filter(s -> s.site().equals(site.label())).toList();
    all.stream()
        .filter(study -> !study.findings().containsValue(true))
        .limit(2)
        .forEach(chosen::add);
    for (String finding : EmbeddedCohort.FINDINGS) {
      all.stream()
          .filter(study -> study.findings().getOrDefault(finding, false))
          .filter(study -> !chosen.contains(study))
          .limit(2)
          .toList()
          .forEach(chosen::add);
    }
    return chosen;
  }

  private static BufferedImage sheet(VirtualSite site) {
    Acquisition how = site.acquisition();
    int longer = Math.max(how.width(), how.height());
    int width = CELL * how.width() / longer;
    int height = CELL * how.height() / longer;
    int sheetWidth = COLUMNS * width;
    int sheetHeight = ROWS * (height + CAPTION);
    double[] value = new double[sheetWidth * sheetHeight];
    List<PhantomStudy> films = films(site);
    for (int i = 0; i < films.size(); i++) {
      int left = i % COLUMNS * width;
      int top = i / COLUMNS * (height + CAPTION);
      byte[] pixels = TrainingExport.pixels(films.get(i), width, height);
      for (int p = 0; p < pixels.length; p++) {
        value[(top + p / width) * sheetWidth + left + p % width] = pixels[p] & 0xFF;
      }
      String caption = "SYNTHETIC " + films.get(i).view() + " " + code(films.get(i));
      Glyphs.write(caption, value, sheetWidth, sheetHeight, left + 3, top + height + 3, 1);
    }
    BufferedImage sheet = new BufferedImage(sheetWidth, sheetHeight, BufferedImage.TYPE_BYTE_GRAY);
    for (int p = 0; p < value.length; p++) {
      sheet.getRaster().setSample(p % sheetWidth, p / sheetWidth, 0, (int) value[p]);
    }
    return sheet;
  }

  /// A letter a finding: Heart, Edema, Consolidation, Atelectasis, Pleural effusion.
  private static String code(PhantomStudy study) {
    StringBuilder letters = new StringBuilder();
    for (PhantomFinding finding : PhantomFinding.values()) {
      if (study.findings().getOrDefault(finding.column(), false)) {
        letters.append(
            switch (finding) {
              case CARDIOMEGALY -> 'H';
              case EDEMA -> 'E';
              case CONSOLIDATION -> 'C';
              case ATELECTASIS -> 'A';
              case PLEURAL_EFFUSION -> 'P';
            });
      }
    }
    return letters.toString();
  }
}
