package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProtocolsPageTest {
  /// `mvn -pl mpc test -Dtest=ProtocolsPageTest -Dblindread.regenerate=true` writes the document.
  @Test
  void theDocumentOfProtocolsIsWhatTheProtocolsDeclare() throws Exception {
    Path document = Path.of("../docs/protocols.md");
    if (Boolean.getBoolean("blindread.regenerate")) {
      Files.writeString(document, ProtocolsPage.markdown());
    }
    assertEquals(
        ProtocolsPage.markdown(),
        Files.readString(document),
        "docs/protocols.md is stale: run this test with -Dblindread.regenerate=true");
  }
}
