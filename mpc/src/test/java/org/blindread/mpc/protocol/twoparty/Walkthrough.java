package org.blindread.mpc.protocol.twoparty;

import java.util.LinkedHashMap;
import java.util.Map;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.FixedPoint;

/// The runs that `docs/2pc.md` shows: one filter of 3×3 over an image of 4×4, then ReLU of its four
/// outputs, in a ring of 16 bits with 4 fraction bits, always from the same seeds.
final class Walkthrough {
  static final FixedPoint NUMBERS = FixedPoint.of(16, 4);

  /// z of the convolution, outputs of the filter.
  static final int OUTPUTS = 4;

  /// Chosen so that carries and wraps of both kinds occur.
  private static final long RUN = 8;

  private final Map<String, String> blocks = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private Walkthrough() {}

  /// The blocks of the document by name.
  static Map<String, String> blocks() throws ProtocolException {
    Walkthrough page = new Walkthrough();
    ConvolutionWalk convolution = new ConvolutionWalk(page);
    convolution.packing();
    ConvolutionWalk.Shares z = convolution.run();
    new RectifierWalk(page).run(z.vendor(), z.hospital());
    return page.blocks;
  }

  static Seed seed(String whose) {
    return Seed.received(new byte[Seed.BYTES]).derive(whose, RUN);
  }

  void line(String format, Object... values) {
    text.append(format.formatted(values).stripTrailing()).append('\n');
  }

  void end(String block) {
    blocks.put(block, text.toString());
    text.setLength(0);
  }
}
