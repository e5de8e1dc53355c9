package org.blindread.jupyter.render;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import org.blindread.workbench.ContactSheet;

/// Thumbnails on one grey sheet, made smaller until it is no burden to a notebook.
public final class ContactSheetDisplay implements Display<ContactSheet> {
  /// Bytes that a sheet may have.
  static final int MOST = 300_000;

  /// For `ServiceLoader`.
  public ContactSheetDisplay() {}

  @Override
  public Class<ContactSheet> type() {
    return ContactSheet.class;
  }

  @Override
  public Bundle bundle(ContactSheet sheet) {
    byte[] png = ImageDisplay.png(grey(sheet.picture(), 1));
    double scale = 1;
    while (png.length > MOST && scale > 0.1) {
      // bytes go with the area; a little less, so that one step suffices as a rule
      scale *= 0.97 * Math.sqrt((double) MOST / png.length);
      png = ImageDisplay.png(grey(sheet.picture(), scale));
    }
    return Bundle.png("thumbnails", png);
  }

  private static BufferedImage grey(BufferedImage picture, double scale) {
    int width = Math.max(1, (int) (picture.getWidth() * scale));
    int height = Math.max(1, (int) (picture.getHeight() * scale));
    BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = grey.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    pen.drawImage(picture, 0, 0, width, height, null);
    pen.dispose();
    return grey;
  }
}
