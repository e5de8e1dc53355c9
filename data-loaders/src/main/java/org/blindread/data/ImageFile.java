package org.blindread.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/// Reads the pixels of a PNG (grey of 1 to 16 bits) or JPEG file as they are stored: no gamma, no
/// colour profile. A colour file is accepted if its three channels are equal.
///
/// The header is checked before anything is decoded: an image has at most 2^26 pixels, which take
/// at most 2^28 bytes. Transparency is refused, and so is a file that a reader finds damaged or cut
/// short.
public final class ImageFile {
  private static final long PIXELS = 1L << 26;
  private static final long BYTES = 1L << 28;
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 26;

  private ImageFile() {}

  /// Reads one file.
  ///
  /// @throws DatasetException naming the file and what is wrong with it
  public static GreyImage read(Path file) throws DatasetException {
    byte[] header = header(file);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format(file, header)).next();
    try (var in = new FileImageInputStream(file.toFile())) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > PIXELS) {
        throw new DatasetException(
            "%s: %d×%d pixels; at most %d are read".formatted(file, width, height, PIXELS));
      }
      if ((long) width * height * bytesPerPixel(header) > BYTES) {
        throw new DatasetException(
            "%s: %d×%d pixels of %d bytes; at most %d bytes are read"
                .formatted(file, width, height, bytesPerPixel(header), BYTES));
      }
      List<String> damage = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> damage.add(warning));
      BufferedImage image = reader.read(0);
      if (!damage.isEmpty()) {
        throw new DatasetException(file + " is damaged or cut short: " + damage.getFirst());
      }
      return grey(file, image);
    } catch (IOException | RuntimeException e) {
      // the JDK's readers throw all kinds of exceptions on a broken file
      throw new DatasetException(file + " is damaged or cut short: " + reason(e), e);
    } finally {
      reader.dispose();
    }
  }

  private static byte[] header(Path file) throws DatasetException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEADER_BYTES);
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": no such file, or not readable", e);
    }
  }

  private static String format(Path file, byte[] header) throws DatasetException {
    if (header.length >= SIGNATURE_BYTES) {
      int first = (header[0] & 0xFF) << 8 | (header[1] & 0xFF);
      if (first == 0x8950 && header[2] == 'N' && header[3] == 'G') {
        return "png";
      }
      if (first == 0xFFD8) {
        return "jpeg";
      }
    }
    throw new DatasetException(file + " is neither a PNG nor a JPEG image");
  }

  /// What a decoded pixel takes: of a PNG, its channels times one or two bytes, as its header says
  /// in the two bytes after the size; of a JPEG, at most three channels.
  private static int bytesPerPixel(byte[] header) {
    if ((header[0] & 0xFF) != 0x89 || header.length < HEADER_BYTES) {
      return 3;
    }
    int channels =
        switch (header[HEADER_BYTES - 1]) {
          case 0, 3 -> 1;
          case 4 -> 2;
          case 2 -> 3;
          default -> 4;
        };
    return header[HEADER_BYTES - 2] == 16 ? 2 * channels : channels;
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }

  private static GreyImage grey(Path file, BufferedImage image) throws DatasetException {
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    if (colours.hasAlpha()) {
      throw new DatasetException(
          file + " is transparent in places (it has an alpha channel); save it as plain grey");
    }
    return switch (colours) {
      case IndexColorModel palette -> fromPalette(file, raster, palette);
      default -> fromChannels(file, raster, colours.getComponentSize(0));
    };
  }

  private static GreyImage fromPalette(Path file, Raster raster, IndexColorModel palette)
      throws DatasetException {
    int width = raster.getWidth();
    int height = raster.getHeight();
    short[] samples = new short[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        int red = palette.getRed(row[x]);
        checkGrey(file, x, y, red, palette.getGreen(row[x]), palette.getBlue(row[x]));
        samples[y * width + x] = (short) red;
      }
    }
    return new GreyImage(width, height, 8, samples);
  }

  private static GreyImage fromChannels(Path file, Raster raster, int depth)
      throws DatasetException {
    int channels = raster.getNumBands();
    if ((channels != 1 && channels != 3) || (depth != 8 && depth != 16)) {
      throw new DatasetException(
          "%s has %d channels of %d bits; read are 1 or 3 of 8 or 16"
              .formatted(file, channels, depth));
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    short[] samples = new short[width * height];
    int[] row = new int[width * channels];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int i = x * channels;
        if (channels == 3) {
          checkGrey(file, x, y, row[i], row[i + 1], row[i + 2]);
        }
        samples[y * width + x] = (short) row[i];
      }
    }
    return new GreyImage(width, height, depth, samples);
  }

  private static void checkGrey(Path file, int x, int y, int red, int green, int blue)
      throws DatasetException {
    if (red != green || green != blue) {
      throw new DatasetException(
          file
              + " is a colour image (its channels differ at column "
              + x
              + ", row "
              + y
              + "); convert it to grey");
    }
  }
}
