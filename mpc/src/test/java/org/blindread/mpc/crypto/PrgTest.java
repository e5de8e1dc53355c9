package org.blindread.mpc.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PrgTest {
  /// NIST's AESAVS, KAT "VarTxt"/"GFSbox" form: AES-128 under the zero key of the zero block and of
  /// the block that starts with the byte 1 … the latter computed from FIPS 197 by OpenSSL 3.0.
  @Test
  void theStreamIsAesOverALittleEndianCounter() {
    long[] words = new Prg(Seed.received(new byte[Seed.BYTES])).words(2);
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(words[0]).putLong(words[1]);
    assertEquals("66e94bd4ef8a2c3b884cfa59ca342b2e", HexFormat.of().formatHex(bytes.array()));
  }

  @Test
  void aLongRequestEqualsItsPiecesOfWholeBlocks() {
    Seed seed = Seed.insecureFixed(7);
    long[] whole = new Prg(seed).words(5000);
    Prg pieces = new Prg(seed);
    long[] joined = new long[5000];
    int[] lengths = {2, 1024, 1026, 8, 2940};
    int at = 0;
    for (int length : lengths) {
      pieces.fill(joined, at, length);
      at += length;
    }
    assertArrayEquals(whole, joined);
  }

  @Test
  void anOddRequestSkipsTheRestOfItsBlockAtEveryHolder() {
    Seed seed = Seed.insecureFixed(8);
    long[] even = new Prg(seed).words(8);
    Prg odd = new Prg(seed);
    assertArrayEquals(Arrays.copyOf(even, 3), odd.words(3));
    assertArrayEquals(Arrays.copyOfRange(even, 4, 8), odd.words(4));
  }

  /// RFC 5869, A.1, has a longer output; the first block of expansion is HMAC(PRK, info ‖ 0x01).
  @Test
  void derivationIsTheFirstBlockOfHkdfExpansion() throws Exception {
    Seed seed = Seed.insecureFixed(9);
    javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec(seed.exposeTo(Seed.Use.PEER), "HmacSHA256"));
    mac.update("image".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    mac.update(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 5, 1});
    assertArrayEquals(mac.doFinal(), seed.derive("image", 5).exposeTo(Seed.Use.PEER));
  }

  @Test
  void purposesAndNumbersGiveIndependentSeeds() {
    Seed seed = Seed.insecureFixed(10);
    long[] image5 = new Prg(seed.derive("image", 5)).words(4);
    assertFalse(Arrays.equals(image5, new Prg(seed.derive("image", 6)).words(4)));
    assertFalse(Arrays.equals(image5, new Prg(seed.derive("weights", 5)).words(4)));
    assertArrayEquals(image5, new Prg(seed.derive("image", 5)).words(4));
  }

  @Test
  void sumsOfSeedsAreBitByBit() {
    Seed a = Seed.insecureFixed(11);
    Seed b = Seed.insecureFixed(12);
    assertArrayEquals(
        Seed.insecureFixed(11 ^ 12).exposeTo(Seed.Use.PEER), a.xor(b).exposeTo(Seed.Use.PEER));
  }

  @Test
  void freshSeedsDiffer() {
    assertFalse(
        Arrays.equals(Seed.fresh().exposeTo(Seed.Use.PEER), Seed.fresh().exposeTo(Seed.Use.PEER)));
  }

  @Test
  void noTextShowsASecret() throws IllegalAccessException {
    Seed seed = Seed.insecureFixed(0x1234_5678_9abcL);
    assertEquals("Seed[hidden]", seed.toString());
    assertEquals("Prg[hidden]", new Prg(seed).toString());
    for (Field field : Seed.class.getDeclaredFields()) {
      assertFalse(
          field.accessFlags().contains(java.lang.reflect.AccessFlag.PUBLIC)
              && !field.accessFlags().contains(java.lang.reflect.AccessFlag.STATIC));
    }
  }
}
