package org.blindread.mpc.net;

import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  @TempDir Path folder;

  private Path key(String permissions) throws Exception {
    Path key = Transport.study(folder.resolve("study"), VENDOR).resolve("vendor.key");
    return Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void aKeyThatOthersMayTouchIsRefused(String permissions) throws Exception {
    Path key = key(permissions);
    assertEquals(
        "the private key %s must be its owner's alone, but its permissions are %s; run: chmod 600 %s"
            .formatted(key, permissions, key),
        assertThrows(ProtocolException.class, () -> Pem.readKey(key)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void aKeyOfItsOwnerAloneIsRead(String permissions) throws Exception {
    assertEquals("EC", Pem.readKey(key(permissions)).getAlgorithm());
  }
}
