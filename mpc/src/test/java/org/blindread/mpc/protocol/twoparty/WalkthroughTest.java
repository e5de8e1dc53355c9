package org.blindread.mpc.protocol.twoparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `docs/2pc.md` shows of a run is what a run shows.
final class WalkthroughTest {
  private static final Path DOCUMENT = Path.of("../docs/2pc.md");
  private static final String FENCE = "```\n";

  /// `mvn -pl mpc test -Dtest=WalkthroughTest -Dblindread.regenerate=true` writes the blocks.
  @Test
  void theDocumentShowsThisRun() throws Exception {
    for (Map.Entry<String, String> block : Walkthrough.blocks().entrySet()) {
      String document = Files.readString(DOCUMENT);
      String mark = "<!-- run: " + block.getKey() + " -->\n" + FENCE;
      int from = document.indexOf(mark) + mark.length();
      assertTrue(from >= mark.length(), "docs/2pc.md lacks " + mark);
      int to = document.indexOf(FENCE, from);
      if (Boolean.getBoolean("blindread.regenerate")) {
        Files.writeString(
            DOCUMENT, document.substring(0, from) + block.getValue() + document.substring(to));
      } else {
        assertEquals(
            block.getValue(),
            document.substring(from, to),
            "docs/2pc.md is stale: run this test with -Dblindread.regenerate=true");
      }
    }
  }

  @Test
  void theRunIsRight() throws Exception {
    Map<String, String> blocks = Walkthrough.blocks();
    long[] z = ConvolutionWalk.truth();
    long[] y =
        Arrays.stream(z)
            .map(value -> value < 0 ? 0 : Walkthrough.NUMBERS.truncate(value, 4))
            .toArray();
    assertTrue(blocks.getOrDefault("convolution", "").contains(Arrays.toString(z)), "z");
    assertTrue(blocks.getOrDefault("messages", "").contains(Arrays.toString(y)), "y");
    assertTrue(Arrays.stream(z).anyMatch(value -> value < 0), "one of them is negative");
  }
}
