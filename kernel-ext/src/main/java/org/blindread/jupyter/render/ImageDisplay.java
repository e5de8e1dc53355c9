package org.blindread.jupyter.render;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.blindread.data.GreyImage;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;

/// A grey image as a PNG of 8 bits, at most 512 pixels a side and small ones magnified: for the
/// eye, not for a diagnosis.
public final class ImageDisplay implements Display<GreyImage> {
  private static final int LEAST = 256;
  private static final int MOST = 512;

  /// For `ServiceLoader`.
  public ImageDisplay() {}

  @Override
  public Class<GreyImage> type() {
    return GreyImage.class;
  }

  @Override
  public Bundle bundle(GreyImage image) {
    GreyImage eight = image.toEightBits();
    BufferedImage picture =
        new BufferedImage(eight.width(), eight.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < eight.height(); y++) {
      for (int x = 0; x < eight.width(); x++) {
        picture.getRaster().setSample(x, y, 0, eight.sample(x, y));
      }
    }
    return Bundle.png(image.toString(), png(sized(picture)));
  }

  private static BufferedImage sized(BufferedImage picture) {
    int longer = Math.max(picture.getWidth(), picture.getHeight());
    double factor =
        longer < LEAST ? Math.max(1, LEAST / longer) : Math.min(1, (double) MOST / longer);
    if (factor == 1) {
      return picture;
    }
    int width = Math.max(1, (int) (picture.getWidth() * factor));
    int height = Math.max(1, (int) (picture.getHeight() * factor));
    BufferedImage sized = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = sized.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        factor > 1
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(picture, 0, 0, width, height, null);
    pen.dispose();
    return sized;
  }

  /// The bytes of a PNG file.
  static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not refuse bytes", e);
    }
    return bytes.toByteArray();
  }
}
