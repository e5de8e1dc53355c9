package org.blindread.data.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.blindread.data.DatasetException;
import org.blindread.data.GreyImage;
import org.blindread.data.transform.Preprocessing.Crop;
import org.blindread.data.transform.Preprocessing.Resize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreprocessingTest {
  private static final Path ANSWERS = Path.of("src/test/resources/org/blindread/data/transform");

  private static List<String> answers(String file) throws IOException {
    return Files.readAllLines(ANSWERS.resolve(file)).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  static Stream<String> bilinear() throws IOException {
    return answers("bilinear.txt").stream();
  }

  static Stream<String> shorterSide() throws IOException {
    return answers("shorter_side.txt").stream();
  }

  /// The picture of `src/test/python/known_picture.py`.
  private static GreyImage picture(int width, int height) {
    short[] samples = new short[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        samples[y * width + x] =
            (short) (((x * 37 + y * 101 + (x * y) % 251 * 17) ^ (x * x)) & 255);
      }
    }
    return new GreyImage(width, height, 8, samples);
  }

  private static void assertPixels(String expected, GreyImage image) throws Exception {
    byte[] bytes = new byte[image.samples().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) image.samples()[i];
    }
    HexFormat hex = HexFormat.of();
    assertEquals(
        expected,
        expected.startsWith("sha256:")
            ? "sha256:" + hex.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
            : hex.formatHex(bytes));
  }

  private static Preprocessing plain(int size, Resize resize, Crop crop) {
    return new Preprocessing(1, size, size, resize, crop, 1, List.of(0.0), List.of(1.0));
  }

  private static GreyImage rounded(float[] pixels, int size) {
    short[] samples = new short[pixels.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) pixels[i];
    }
    return new GreyImage(size, size, 8, samples);
  }

  @ParameterizedTest
  @MethodSource("bilinear")
  void resizingEqualsPillowToTheBit(String line) throws Exception {
    String[] c = line.split(" ", -1);
    GreyImage image = picture(Integer.parseInt(c[0]), Integer.parseInt(c[1]));
    assertPixels(
        c[4], BilinearResize.resize(image, Integer.parseInt(c[2]), Integer.parseInt(c[3])));
  }

  @ParameterizedTest
  @MethodSource("shorterSide")
  void scalingTheShorterSideAndCroppingEqualsTorchvision(String line) throws Exception {
    String[] c = line.split(" ", -1);
    int size = Integer.parseInt(c[2]);
    float[] out =
        plain(size, Resize.SHORTER_SIDE, Crop.CENTRE)
            .apply(picture(Integer.parseInt(c[0]), Integer.parseInt(c[1])));
    assertPixels(c[3], rounded(out, size));
  }

  static Stream<Arguments> pipelines() throws IOException {
    // both ways in which a card may give the scale
    return answers("pipeline.txt").stream()
        .flatMap(line -> Stream.of(1 / 255.0, 255.0).map(scale -> Arguments.of(line, scale)));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void theWholeWayEqualsTorchvisionToTheBit(String line, double scale) throws Exception {
    String[] c = line.split(" ", -1);
    int width = Integer.parseInt(c[0]);
    int height = Integer.parseInt(c[1]);
    Preprocessing input =
        new Preprocessing(
            numbers(c[7]).size(),
            Integer.parseInt(c[5]),
            Integer.parseInt(c[6]),
            c[3].equals("exact") ? Resize.EXACT : Resize.SHORTER_SIDE,
            c[4].equals("none") ? Crop.NONE : Crop.CENTRE,
            scale,
            numbers(c[7]),
            numbers(c[8]));
    float[] out =
        input.apply(c[2].equals("8") ? picture(width, height) : widePicture(width, height));
    ByteBuffer bytes = ByteBuffer.allocate(4 * out.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(out);
    assertEquals(
        c[9], HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
  }

  private static List<Double> numbers(String list) {
    return Stream.of(list.split(",", -1)).map(Double::valueOf).toList();
  }

  /// The picture in the upper, its mirror on the diagonal in the lower 8 of 16 bits.
  private static GreyImage widePicture(int width, int height) {
    GreyImage upper = picture(width, height);
    GreyImage lower = picture(height, width);
    short[] samples = new short[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        samples[y * width + x] = (short) (upper.sample(x, y) << 8 | lower.sample(y, x));
      }
    }
    return new GreyImage(width, height, 16, samples);
  }

  @Test
  void normalisingEqualsNumPyInSinglePrecision() throws Exception {
    short[] samples = new short[256];
    for (int i = 0; i < 256; i++) {
      samples[i] = (short) i;
    }
    float[] out = Preprocessing.imageNet(16, 16).apply(new GreyImage(16, 16, 8, samples));
    List<Float> expected = new ArrayList<>();
    for (String line : answers("normalise.txt")) {
      for (String bits : line.split(" ", -1)) {
        expected.add(Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16)));
      }
    }
    assertEquals(3 * 256, out.length);
    for (int i = 0; i < out.length; i++) {
      assertEquals(expected.get(i).floatValue(), out[i], "element " + i);
    }
  }

  @Test
  void theMaximumMayBeGivenInsteadOfTheFactor() throws Exception {
    GreyImage image = picture(8, 8);
    Preprocessing factor = Preprocessing.imageNet(8, 8);
    var maximum =
        new Preprocessing(3, 8, 8, Resize.EXACT, Crop.NONE, 255, factor.mean(), factor.std());
    assertArrayEquals(factor.apply(image), maximum.apply(image));
  }

  @Test
  void sixteenBitsAreReducedFirst() throws Exception {
    short[] wide = new short[64];
    short[] narrow = new short[64];
    for (int i = 0; i < 64; i++) {
      narrow[i] = (short) (4 * i);
      wide[i] = (short) (4 * i * 257);
    }
    Preprocessing input = Preprocessing.imageNet(8, 8);
    assertArrayEquals(
        input.apply(new GreyImage(8, 8, 8, narrow)), input.apply(new GreyImage(8, 8, 16, wide)));
  }

  @Test
  void anImageThatDoesNotFitWithoutACropIsRefused() {
    var e =
        assertThrows(
            DatasetException.class,
            () -> plain(16, Resize.SHORTER_SIDE, Crop.NONE).apply(picture(50, 40)));
    assertEquals(
        "the image is 20×16 after resize 'shorter-side', the network reads 16×16; set crop to"
            + " 'centre'",
        e.getMessage());
    var thin =
        assertThrows(
            DatasetException.class,
            () -> plain(4096, Resize.SHORTER_SIDE, Crop.CENTRE).apply(picture(1, 1000)));
    assertEquals(
        "an image of 1×1000 is too long and thin to scale its shorter side to 4096",
        thin.getMessage());
  }

  private static String refusal(
      int channels, int height, Resize resize, double scale, List<Double> mean, double std) {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Preprocessing(
                    channels, height, 8, resize, Crop.NONE, scale, mean, List.of(std)));
    return String.valueOf(e.getMessage());
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    List<Double> zero = List.of(0.0);
    assertEquals("channels must be 1 … 64, not 0", refusal(0, 8, Resize.EXACT, 1, List.of(), 1));
    assertEquals("height must be 1 … 8192, not 9000", refusal(1, 9000, Resize.EXACT, 1, zero, 1));
    assertEquals(
        "scale must be a factor such as 0.00392156862745098 or the maximum 255, not 65535.0",
        refusal(1, 8, Resize.EXACT, 65535, zero, 1));
    assertEquals(
        "mean must hold one number a channel (1), not 2",
        refusal(1, 8, Resize.EXACT, 1, List.of(0.0, 0.0), 1));
    assertEquals(
        "std must hold one number a channel (2), not 1",
        refusal(2, 8, Resize.EXACT, 1, List.of(0.0, 0.0), 1));
    assertEquals(
        "std must hold positive numbers, not [0.0]", refusal(1, 8, Resize.EXACT, 1, zero, 0));
    assertEquals(
        "mean must hold finite numbers, not [NaN]",
        refusal(1, 8, Resize.EXACT, 1, List.of(Double.NaN), 1));
    assertEquals(
        "resize 'shorter-side' needs height = width, not 9×8",
        refusal(1, 9, Resize.SHORTER_SIDE, 1, zero, 1));
  }
}
