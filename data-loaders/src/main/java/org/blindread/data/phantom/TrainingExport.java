package org.blindread.data.phantom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blindread.data.DatasetException;
import org.blindread.data.GreyImage;
import org.blindread.data.transform.Preprocessing;

/// Writes phantoms for the training of a network: `DIR/NAME.u8`, the pixels of image after image as
/// the network will see them (one byte a pixel, resized exactly as [Preprocessing] does), and
/// `DIR/NAME.csv`, the truth in the same order.
///
/// ```
/// java -cp data-loaders/target/classes org.blindread.data.phantom.TrainingExport DIR NAME SIDE SEED COUNT
/// java -cp data-loaders/target/classes org.blindread.data.phantom.TrainingExport DIR NAME SIDE embedded
/// java -cp data-loaders/target/classes org.blindread.data.phantom.TrainingExport DIR NAME SIDE drifted SEED COUNT
/// ```
///
/// The first takes studies of [Phantoms#training], the second the [EmbeddedCohort] (to measure a
/// finished network, never to train one), the third studies of [Phantoms#drifted].
public final class TrainingExport {
  private static final int BLOCK = 512;

  private static final String USAGE =
      "give a folder, a name, a side in pixels, and 'embedded', or a seed and a count, or 'drifted',"
          + " a seed and a count";

  private TrainingExport() {}

  /// Writes what the arguments ask for.
  ///
  /// @param arguments folder, name, side in pixels, then a seed and a count, `embedded`, or
  ///   `drifted`, a seed and a count
  /// @throws IOException if a file cannot be written
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 4) {
      throw new IllegalArgumentException(USAGE);
    }
    int side = Integer.parseInt(arguments[2]);
    write(Path.of(arguments[0]), arguments[1], side, studies(arguments));
  }

  private static List<PhantomStudy> studies(String[] arguments) {
    if (arguments.length == 4 && arguments[3].equals("embedded")) {
      return EmbeddedCohort.studies();
    }
    if (arguments.length == 5) {
      return Phantoms.training(Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]))
          .toList();
    }
    if (arguments.length == 6 && arguments[3].equals("drifted")) {
      return Phantoms.drifted(Long.parseLong(arguments[4]), Integer.parseInt(arguments[5]))
          .toList();
    }
    throw new IllegalArgumentException(USAGE);
  }

  /// Writes both files.
  ///
  /// @param side of the square pixels, as the network reads
  /// @throws IOException if a file cannot be written
  public static void write(Path folder, String name, int side, List<PhantomStudy> studies)
      throws IOException {
    Files.createDirectories(folder);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".u8")))) {
      for (int start = 0; start < studies.size(); start += BLOCK) {
        int end = Math.min(studies.size(), start + BLOCK);
        List<byte[]> block =
            IntStream.range(start, end)
                .parallel()
                .mapToObj(i -> pixels(studies.get(i), side, side))
                .toList();
        for (byte[] image : block) {
          out.write(image);
        }
      }
    }
    String header = "image,patient,site,country,view,sex,age,";
    String rows =
        studies.stream().map(TrainingExport::row).collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(
        folder.resolve(name + ".csv"),
        header + String.join(",", EmbeddedCohort.FINDINGS) + "\n" + rows,
        StandardCharsets.UTF_8);
  }

  private static String row(PhantomStudy study) {
    String truth =
        study.findings().entrySet().stream()
            .map(Map.Entry::getValue)
            .map(present -> present ? "1" : "0")
            .collect(Collectors.joining(","));
    return String.join(
        ",",
        study.image(),
        study.patient(),
        study.site(),
        study.country(),
        study.view(),
        study.sex(),
        Integer.toString(study.age()),
        truth);
  }

  /// The bytes a network of this size sees: grey 0 … 255 after the exact resize.
  static byte[] pixels(PhantomStudy study, int width, int height) {
    Preprocessing identity =
        new Preprocessing(
            1,
            height,
            width,
            Preprocessing.Resize.EXACT,
            Preprocessing.Crop.NONE,
            1.0,
            List.of(0.0),
            List.of(1.0));
    GreyImage film = study.render();
    try {
      float[] grey = identity.apply(film);
      byte[] bytes = new byte[grey.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (int) grey[i];
      }
      return bytes;
    } catch (DatasetException e) {
      throw new UncheckedIOException(new IOException("phantom " + study.image(), e));
    }
  }
}
