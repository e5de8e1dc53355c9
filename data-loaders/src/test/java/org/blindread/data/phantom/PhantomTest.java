package org.blindread.data.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.blindread.data.GreyImage;
import org.junit.jupiter.api.Test;

class PhantomTest {
  private static String hash(GreyImage image) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (short sample : image.samples()) {
      digest.update((byte) sample);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void theSameSeedGivesTheSamePixelsOnEveryMachine() throws Exception {
    assertEquals(
        "b7ad4c7198786fb85e8aa11622c4ae43973d0414e6d63156ed120479573880e1",
        hash(Phantom.chest(1, 128)));
  }

  @Test
  void lungsAreDarkerThanTheHeart() {
    for (long seed = 0; seed < 20; seed++) {
      GreyImage image = Phantom.chest(seed, 96);
      int lung = mean(image, 96 * 29 / 100, 96 / 3);
      int heart = mean(image, 96 * 55 / 100, 96 * 63 / 100);
      assertTrue(lung + 40 < heart, "seed " + seed + ": lung " + lung + ", heart " + heart);
    }
  }

  private static int mean(GreyImage image, int x, int y) {
    int sum = 0;
    for (int dy = 0; dy < 5; dy++) {
      for (int dx = 0; dx < 5; dx++) {
        sum += image.sample(x + dx, y + dy);
      }
    }
    return sum / 25;
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> Phantom.chest(1, 8));
    assertEquals("a phantom has 16 … 4096 pixels a side, not 8", e.getMessage());
  }
}
