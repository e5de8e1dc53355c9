package org.blindread.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
  private static final Path FILES = Path.of("src/test/resources/org/blindread/data");

  @TempDir Path folder;

  static Stream<String> filesReadByPillow() throws IOException {
    return Files.readAllLines(FILES.resolve("files.txt")).stream().filter(l -> !l.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("filesReadByPillow")
  void pixelsAreThoseThatPillowReads(String line) throws Exception {
    String[] expected = line.split(" ", -1);
    GreyImage image = ImageFile.read(FILES.resolve(expected[0]));
    assertEquals(Integer.parseInt(expected[1]), image.width());
    assertEquals(Integer.parseInt(expected[2]), image.height());
    assertEquals(Integer.parseInt(expected[3]), image.bits());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (short sample : image.samples()) {
      if (image.bits() == 16) {
        digest.update((byte) (sample >> 8));
      }
      digest.update((byte) sample);
    }
    assertEquals(expected[4], HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void sixteenBitsAreReducedToTheNearestOfEight() {
    short[] all = new short[1 << 16];
    for (int i = 0; i < all.length; i++) {
      all[i] = (short) i;
    }
    GreyImage reduced = new GreyImage(1 << 8, 1 << 8, 16, all).toEightBits();
    for (int i = 0; i < all.length; i++) {
      assertEquals(Math.round(i * 255.0 / 65535), reduced.sample(i & 255, i >> 8), "value " + i);
    }
  }

  private static String complaint(Path file) {
    var e = assertThrows(DatasetException.class, () -> ImageFile.read(file));
    return String.valueOf(e.getMessage());
  }

  @Test
  void colourAndTransparencyAreRefused() {
    Path colour = FILES.resolve("colour.png");
    assertEquals(
        colour + " is a colour image (its channels differ at column 0, row 0); convert it to grey",
        complaint(colour));
    Path alpha = FILES.resolve("alpha.png");
    assertEquals(
        alpha + " is transparent in places (it has an alpha channel); save it as plain grey",
        complaint(alpha));
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("x.png"), "path,image,patient");
    assertEquals(text + " is neither a PNG nor a JPEG image", complaint(text));
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertEquals(empty + " is neither a PNG nor a JPEG image", complaint(empty));
    Path absent = folder.resolve("absent.png");
    assertEquals("cannot read " + absent + ": no such file, or not readable", complaint(absent));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey8.png", "grey16.png", "rgb-equal.png", "grey.jpg"})
  void aFileCutShortIsRefusedUnlessNoPixelIsLost(String name) throws Exception {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    GreyImage complete = ImageFile.read(FILES.resolve(name));
    // after the pixels a PNG has two checksums and an empty chunk, a JPEG its end marker
    int pixels = whole.length - (name.endsWith(".png") ? 24 : 2);
    for (int length = 8; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      if (length < pixels) {
        String message = complaint(cut);
        assertTrue(message.startsWith(cut + " is damaged or cut short: "), length + ": " + message);
      } else {
        assertUnharmed(complete, cut);
      }
    }
  }

  private static void assertUnharmed(GreyImage complete, Path cut) {
    GreyImage image;
    try {
      image = ImageFile.read(cut);
    } catch (DatasetException e) {
      return;
    }
    assertArrayEquals(complete.samples(), image.samples());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey8.png", "palette.png", "grey.jpg"})
  void aFileWithDamagedBytesIsReadOrRefusedButNeverCrashes(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    Random random = new Random(5);
    for (int trial = 0; trial < 300; trial++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve("damaged"), damaged);
      try {
        assertTrue(ImageFile.read(file).width() > 0);
      } catch (DatasetException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), "trial " + trial);
      }
    }
  }

  /// What refusing a file allocated on the heap; a decoder would take hundreds of megabytes.
  private static void assertRefusedInLittleMemory(String message, Path file) {
    complaint(FILES.resolve("colour.png")); // loads the classes
    complaint(folderless("grey.jpg"));
    long before = allocated();
    assertEquals(file + message, complaint(file));
    long bytes = allocated() - before;
    assertTrue(bytes < 4_000_000, bytes + " bytes");
  }

  private static Path folderless(String name) {
    return FILES.resolve("no-folder").resolve(name);
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  @Test
  void aWholeImageOfFourHundredMillionPixelsIsRefusedBeforeItIsDecoded() throws IOException {
    assertRefusedInLittleMemory(
        ": 20000×20000 pixels; at most 67108864 are read",
        Bombs.blackPng(folder.resolve("bomb.png"), 20_000, 20_000));
  }

  @Test
  void aHeaderThatPromisesTooMuchIsRefused() throws IOException {
    assertRefusedInLittleMemory(
        ": 60000×60000 pixels; at most 67108864 are read",
        Bombs.pngHeader(folder.resolve("header.png"), 60_000, 60_000, 8, 0));
    assertRefusedInLittleMemory(
        ": 8192×8192 pixels of 6 bytes; at most 268435456 bytes are read",
        Bombs.pngHeader(folder.resolve("deep.png"), 8192, 8192, 16, 2));
    assertRefusedInLittleMemory(
        ": 65500×65500 pixels; at most 67108864 are read",
        Bombs.jpegHeader(folder.resolve("bomb.jpg"), FILES.resolve("grey.jpg"), 65_500, 65_500));
    Path negative = Bombs.pngHeader(folder.resolve("negative.png"), -1, 5, 8, 0);
    assertTrue(complaint(negative).startsWith(negative + " is damaged or cut short: "));
  }

  @Test
  void aCompressedTextThatSwellsToAGigabyteIsNotRead() throws Exception {
    Path file =
        Bombs.withSwellingText(folder.resolve("text.png"), FILES.resolve("grey8.png"), 1 << 30);
    GreyImage plain = ImageFile.read(FILES.resolve("grey8.png"));
    long before = allocated();
    assertArrayEquals(plain.samples(), ImageFile.read(file).samples());
    long bytes = allocated() - before;
    assertTrue(bytes < 16_000_000, bytes + " bytes");
  }
}
