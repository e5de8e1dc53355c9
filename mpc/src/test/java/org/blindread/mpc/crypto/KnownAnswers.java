package org.blindread.mpc.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the cases of a file of known answers beside the tests of this package.
final class KnownAnswers {
  private KnownAnswers() {}

  static JsonNode read(String file) {
    try (InputStream in = KnownAnswers.class.getResourceAsStream(file)) {
      return new JsonMapper().readTree(Objects.requireNonNull(in, file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
