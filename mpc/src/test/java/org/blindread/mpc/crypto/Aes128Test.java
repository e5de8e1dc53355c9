package org.blindread.mpc.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class Aes128Test {
  private static final HexFormat HEX = HexFormat.of();

  /// FIPS 197, appendix B and appendix C.1.
  @Test
  void enciphersTheExamplesOfFips197() {
    check(
        "2b7e151628aed2a6abf7158809cf4f3c",
        "3243f6a8885a308d313198a2e0370734",
        "3925841d02dc09fbdc118597196a0b32");
    check(
        "000102030405060708090a0b0c0d0e0f",
        "00112233445566778899aabbccddeeff",
        "69c4e0d86a7b0430d8cdb78070b4c55a");
  }

  /// NIST SP 800-38A, F.1.1: four blocks at once.
  @Test
  void enciphersTheBlocksOfSp80038a() {
    check(
        "2b7e151628aed2a6abf7158809cf4f3c",
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
        "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
            + "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4");
  }

  private static void check(String key, String plain, String cipher) {
    byte[] in = HEX.parseHex(plain);
    byte[] out = new byte[in.length];
    new Aes128(HEX.parseHex(key)).encrypt(in, in.length, out);
    assertEquals(cipher, HEX.formatHex(out));
  }

  @Test
  void everyBlockIsEncipheredByItself() {
    byte[] in = new byte[4096];
    Arrays.fill(in, 16, 32, (byte) 7);
    byte[] out = new byte[4096];
    new Aes128(new byte[16]).encrypt(in, in.length, out);
    assertArrayEquals(Arrays.copyOf(out, 16), Arrays.copyOfRange(out, 4080, 4096));
  }

  @Test
  void anotherLengthOfKeyIsRefused() {
    var error = assertThrows(IllegalArgumentException.class, () -> new Aes128(new byte[32]));
    assertEquals("a key of AES-128 has 16 bytes, not 32", error.getMessage());
  }
}
