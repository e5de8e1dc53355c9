package org.blindread.workbench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.data.GreyImage;
import org.blindread.data.Label;
import org.blindread.data.Study;

/// The images of a cohort as thumbnails on one sheet, a row a site; what is known of each stands
/// below it.
///
/// @param picture the sheet
public record ContactSheet(BufferedImage picture) {
  private static final int SIDE = 160;
  private static final int GAP = 6;
  private static final int CAPTION = 26;
  private static final int TITLE = 28;
  private static final int WIDEST = 12;

  /// Draws every image of the cohort; read a sample for a large one.
  ///
  /// @throws DatasetException if an image cannot be read
  public static ContactSheet of(Cohort cohort) throws DatasetException {
    Map<String, List<Study>> sites = new LinkedHashMap<>();
    for (Study study : cohort.studies()) {
      sites.computeIfAbsent(study.site().orElse(""), _ -> new ArrayList<>()).add(study);
    }
    int columns = Math.min(WIDEST, sites.values().stream().mapToInt(List::size).max().orElse(1));
    int rows = sites.values().stream().mapToInt(list -> Math.ceilDiv(list.size(), columns)).sum();
    BufferedImage sheet =
        new BufferedImage(
            GAP + columns * (SIDE + GAP),
            TITLE + rows * (SIDE + CAPTION + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(new Color(0x202020));
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    pen.setColor(Color.WHITE);
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    pen.drawString(cohort.toString(), GAP, 19);
    int row = 0;
    for (List<Study> studies : sites.values()) {
      for (int i = 0; i < studies.size(); i++) {
        int x = GAP + i % columns * (SIDE + GAP);
        int y = TITLE + (row + i / columns) * (SIDE + CAPTION + GAP);
        draw(pen, studies.get(i), x, y);
      }
      row += Math.ceilDiv(studies.size(), columns);
    }
    pen.dispose();
    return new ContactSheet(sheet);
  }

  private static void draw(Graphics2D pen, Study study, int x, int y) throws DatasetException {
    BufferedImage image = picture(study.read().toEightBits());
    double scale = (double) SIDE / Math.max(image.getWidth(), image.getHeight());
    int width = (int) Math.round(image.getWidth() * scale);
    int height = (int) Math.round(image.getHeight() * scale);
    pen.drawImage(image, x + (SIDE - width) / 2, y + (SIDE - height) / 2, width, height, null);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    List<String> present =
        study.labels().findings().stream()
            .filter(finding -> study.label(finding).filter(Label.PRESENT::equals).isPresent())
            .map(Object::toString)
            .toList();
    caption(
        pen, "%s, %s".formatted(study.site().orElse("no site"), study.image()), x, y + SIDE + 11);
    caption(pen, present.isEmpty() ? "-" : String.join(", ", present), x, y + SIDE + 22);
  }

  /// As much of the text as fits below an image.
  private static void caption(Graphics2D pen, String text, int x, int y) {
    String shown = text;
    while (shown.length() > 1 && pen.getFontMetrics().stringWidth(shown) > SIDE) {
      shown = shown.substring(0, shown.length() - 2) + "…";
    }
    pen.drawString(shown, x, y);
  }

  private static BufferedImage picture(GreyImage image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.setRGB(x, y, image.sample(x, y) * 0x010101);
      }
    }
    return picture;
  }

  /// Writes the sheet as PNG.
  ///
  /// @throws WorkbenchException if the file cannot be written
  public void write(Path file) throws WorkbenchException {
    try {
      if (!ImageIO.write(picture, "png", file.toFile())) {
        throw new IOException("this Java cannot write PNG files");
      }
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the folder there and yours?", e);
    }
  }
}
