package org.blindread.workbench;

import static org.blindread.workbench.Complaint.complaint;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.blindread.mpc.net.Party;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareFileTest {
  private static final ShareHeader HEADER =
      new ShareHeader(64, 20, Party.HOSPITAL, "run-1", List.of("pneumonia", "edema"));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("hospital.shares");
  }

  private byte[] twoImages() throws Exception {
    try (ShareFile out = ShareFile.create(file, HEADER)) {
      out.append("a", new long[] {Long.MIN_VALUE, -1});
      out.append("ü", new long[] {0, Long.MAX_VALUE});
    }
    return Files.readAllBytes(file);
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    byte[] unused = twoImages();
    ShareTable table = ShareTable.read(file);
    assertEquals(HEADER, table.header());
    assertEquals(Set.of("a", "ü"), table.shares().keySet());
    assertArrayEquals(new long[] {Long.MIN_VALUE, -1}, table.shares().get("a"));
    assertArrayEquals(new long[] {0, Long.MAX_VALUE}, table.shares().get("ü"));
    assertEquals(unused.length, table.bytes());
    assertFalse(table.toString().contains("9223372036854775807"), table.toString());
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    ShareFile.create(file, HEADER).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    ShareFile.resume(file, HEADER).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aRunGoesOnWhereverItWasKilled() throws Exception {
    byte[] whole = twoImages();
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (ShareFile out = ShareFile.resume(file, HEADER)) {
        if (!out.done().contains("a")) {
          out.append("a", new long[] {Long.MIN_VALUE, -1});
        }
        if (!out.done().contains("ü")) {
          out.append("ü", new long[] {0, Long.MAX_VALUE});
        }
      }
      assertArrayEquals(whole, Files.readAllBytes(file), "cut to " + length + " bytes");
    }
  }

  @Test
  void sharesOfAnotherRunAreNeverMixedIn() throws Exception {
    byte[] whole = twoImages();
    var other = new ShareHeader(64, 20, Party.HOSPITAL, "run-2", HEADER.findings());
    assertEquals(
        file
            + " holds shares of hospital in run run-1, findings [pneumonia, edema], 64 bits, scale"
            + " 20, not those of this run; name another file",
        complaint(() -> ShareFile.resume(file, other).close()));
    assertEquals(
        file + " exists already; resume that run (--resume) or name another file",
        complaint(() -> ShareFile.create(file, HEADER).close()));
    assertArrayEquals(whole, Files.readAllBytes(file));
  }

  @Test
  void anyFlippedBitIsFoundOrEndsTheFile() throws Exception {
    byte[] whole = twoImages();
    ShareTable table = ShareTable.read(file);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      try {
        ShareTable read = ShareTable.read(file);
        assertTrue(read.shares().size() < table.shares().size(), "bit " + bit);
      } catch (WorkbenchException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.getMessage());
      }
    }
  }

  @Test
  void garbageIsRefusedWithoutAllocatingWhatItAsksFor() throws Exception {
    byte[] whole = twoImages();
    Random random = new Random(2);
    for (int trial = 0; trial < 200; trial++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      System.arraycopy(ShareTable.MAGIC, 0, garbage, 0, Math.min(8, garbage.length));
      Files.write(file, garbage);
      assertTrue(complaint(() -> ShareTable.read(file)).startsWith(file.toString()));
    }
    Files.write(
        file, ByteBuffer.allocate(12).put(ShareTable.MAGIC).putInt(Integer.MAX_VALUE).array());
    assertEquals(
        file + ": the header is damaged: a length of 2147483647 bytes",
        complaint(() -> ShareTable.read(file)));
    Files.write(file, Arrays.copyOf(whole, 30));
    assertEquals(file + " ends within its header", complaint(() -> ShareTable.read(file)));
    Files.writeString(file, "image,site,patient");
    assertEquals(
        file + " is not a share file of this version (it must begin with BRSHARE1)",
        complaint(() -> ShareTable.read(file)));
  }

  @Test
  void damageWithinTheRecordsIsPlaced() throws Exception {
    byte[] whole = twoImages();
    whole[whole.length - 6] ^= 1;
    Files.write(file, whole);
    assertEquals(
        file
            + " is damaged after 1 images, at byte 82: a checksum does not fit; cut it there, in a"
            + " copy, to keep those",
        complaint(() -> ShareTable.read(file)));
  }

  @Test
  void sharesThatDoNotFitAreRefused() throws Exception {
    try (ShareFile out = ShareFile.create(file, HEADER)) {
      assertThrows(IllegalArgumentException.class, () -> out.append("a", new long[1]));
      assertThrows(IllegalArgumentException.class, () -> out.append("", new long[2]));
      assertThrows(IllegalArgumentException.class, () -> out.append("x".repeat(1025), new long[2]));
      out.append("a", new long[2]);
      assertThrows(IllegalStateException.class, () -> out.append("a", new long[2]));
      assertEquals("ShareFile[hospital, run run-1]", out.toString());
    }
  }

  private static String refusal(int bits, int scale, String run, List<String> findings) {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ShareHeader(bits, scale, Party.VENDOR, run, findings));
    return String.valueOf(e.getMessage());
  }

  @Test
  void headersOutOfRangeAreRefused() {
    List<String> one = List.of("x");
    assertEquals("ring width must be 16 … 64 bits, not 65", refusal(65, 20, "r", one));
    assertEquals("scale must be 0 … 30 at 32 bits, not 31", refusal(32, 31, "r", one));
    assertEquals(
        "a run is named by 1 to 64 letters, digits and hyphens", refusal(32, 3, "a b", one));
    assertEquals("a run has 1 to 1000 findings, not 0", refusal(32, 3, "r", List.of()));
    assertEquals("a finding's name has 1 to 64 characters", refusal(32, 3, "r", List.of("")));
  }
}
