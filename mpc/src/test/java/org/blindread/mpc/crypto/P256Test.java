package org.blindread.mpc.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class P256Test {
  /// SP 800-186, 3.2.1.3.
  private static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

  private static final String GX =
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

  private static Optional<P256> decode(String hex) {
    return P256.decode(HexFormat.of().parseHex(hex));
  }

  @Test
  void hashesToTheCurveAsRfc9380Says() {
    JsonNode file = KnownAnswers.read("p256-hash-to-curve.json");
    for (JsonNode known : file.get("cases")) {
      byte[] message = known.get("message").asString().getBytes(StandardCharsets.US_ASCII);
      P256 found = P256.hash(message, file.get("domain").asString());
      boolean odd = new BigInteger(known.get("y").asString(), 16).testBit(0);
      assertEquals(
          (odd ? "03" : "02") + known.get("x").asString(),
          HexFormat.of().formatHex(found.encode()));
    }
    assertEquals(5, file.get("cases").size());
  }

  @Test
  void theGeneratorIsThatOfTheStandard() {
    assertEquals("03" + GX, HexFormat.of().formatHex(P256.ofGenerator(BigInteger.ONE).encode()));
  }

  @Test
  void scalarsMultiplyAsIntegersDo() {
    Prg prg = new Prg(Seed.insecureFixed(1));
    BigInteger a = P256.scalar(prg);
    BigInteger b = P256.scalar(prg);
    assertFalse(a.equals(b));
    P256 ga = P256.ofGenerator(a);
    P256 gb = P256.ofGenerator(b);
    assertArrayEquals(ga.times(b).encode(), gb.times(a).encode());
    assertArrayEquals(ga.plus(gb).encode(), P256.ofGenerator(a.add(b)).encode());
    assertArrayEquals(ga.encode(), ga.plus(gb).minus(gb).encode());
  }

  /// Of every x below 64: a point exactly if x³ − 3x + b is a square (Euler's criterion).
  @Test
  void onlyPointsOnTheCurveAreDecoded() {
    int on = 0;
    for (int x = 0; x < 64; x++) {
      BigInteger x1 = BigInteger.valueOf(x);
      BigInteger square = x1.pow(3).subtract(x1.multiply(BigInteger.valueOf(3))).add(B).mod(P);
      boolean isOn =
          square.modPow(P.subtract(BigInteger.ONE).shiftRight(1), P).equals(BigInteger.ONE);
      assertEquals(isOn, decode("02%064x".formatted(x)).isPresent(), "x = " + x);
      assertEquals(isOn, decode("03%064x".formatted(x)).isPresent(), "x = " + x);
      on += isOn ? 1 : 0;
    }
    assertTrue(on > 16 && on < 48, "of 64 values of x " + on + " are on the curve");
  }

  @Test
  void whatIsNoCompressedPointIsNotDecoded() {
    byte[] generator = P256.ofGenerator(BigInteger.ONE).encode();
    assertTrue(P256.decode(generator).isPresent());
    assertTrue(P256.decode(Arrays.copyOf(generator, 32)).isEmpty(), "too short");
    assertTrue(P256.decode(Arrays.copyOf(generator, 34)).isEmpty(), "too long");
    assertTrue(decode("00").isEmpty(), "infinity");
    assertTrue(decode("00".repeat(33)).isEmpty(), "infinity, padded");
    assertTrue(decode("04" + GX).isEmpty(), "another form");
    assertTrue(decode("02" + P.add(BigInteger.valueOf(5)).toString(16)).isEmpty(), "x ≥ p");
  }

  @Test
  void infinityIsNoPoint() {
    P256 g = P256.ofGenerator(BigInteger.ONE);
    assertThrows(IllegalArgumentException.class, () -> g.minus(g));
  }
}
