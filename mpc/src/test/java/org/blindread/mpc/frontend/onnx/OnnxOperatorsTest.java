package org.blindread.mpc.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OnnxOperatorsTest {
  /// `mvn -pl mpc test -Dtest=OnnxOperatorsTest -Dblindread.regenerate=true` writes the document.
  @Test
  void theDocumentOfOperatorsIsWhatTheTableGenerates() throws Exception {
    Path document = Path.of("../docs/operators.md");
    if (Boolean.getBoolean("blindread.regenerate")) {
      Files.createDirectories(document.getParent());
      Files.writeString(document, OnnxOperators.markdown());
    }
    assertEquals(
        OnnxOperators.markdown(),
        Files.readString(document),
        "docs/operators.md is stale: run this test with -Dblindread.regenerate=true");
  }
}
