package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.LocalMap;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.kernel.RingConvolution;

/// A convolution of an additively shared x by the vendor's weights: W·x = W·x_0 + W·x_1, the first
/// term the vendor's own, the second by a [Linear] protocol, or from what was prepared
/// ([Correlation]).
///
/// @param linear for W·x_1
/// @param shape of x
/// @param op the instruction
/// @param outputs elements of the result
/// @param bytesEach bytes of an element on the wire
/// @param prepared weights for the vendor's own term, at the vendor
record Layered(
    Linear linear,
    Shape shape,
    Instruction.Convolve op,
    int outputs,
    int bytesEach,
    Optional<RingConvolution.Prepared> prepared) {

  /// @param kernel the weights, at the vendor
  /// @throws IllegalArgumentException if they break the public bound of their layer
  static Layered of(
      LinearShapes shapes,
      HomomorphicLinear.Keys keys,
      Plan plan,
      int number,
      Instruction.Convolve op,
      Optional<RingTensor> kernel) {
    return new Layered(
        shapes.linear(number, keys, kernel),
        plan.step(op.x()).shape(),
        op,
        plan.step(number).shape().size(),
        plan.numbers().bytesPerElement(),
        kernel.map(weights -> packed(weights, op.groups(), plan.numbers().bits())));
  }

  private static RingConvolution.Prepared packed(RingTensor weights, int groups, int bits) {
    Shape shape = weights.shape();
    int rows = shape.extent(0);
    int inputs = shape.extent(-1);
    int taps = shape.size() / rows / inputs;
    return RingConvolution.prepare(weights.values(), rows, taps, inputs, groups, bits);
  }

  /// This party's share of W·x, all at once.
  long[] apply(Dialogue talk, long[] x) throws ProtocolException {
    if (!talk.vendor()) {
      return linear.hospital(talk, x);
    }
    long[] own = multiply(x);
    return LocalMap.add(own, linear.vendor(talk));
  }

  /// Makes a correlation for one image.
  Correlation prepare(Dialogue talk) throws ProtocolException {
    if (talk.vendor()) {
      return new Correlation(new long[0], linear.vendor(talk));
    }
    long[] mask = talk.secrets().words(shape.size());
    return new Correlation(mask, linear.hospital(talk, mask));
  }

  /// This party's share of W·x with a correlation: one message of the hospital.
  long[] apply(Dialogue talk, long[] x, Correlation correlation) throws ProtocolException {
    if (!talk.vendor()) {
      long[] difference = LocalMap.subtract(x, correlation.mask());
      talk.wire().sendElements(difference, difference.length, bytesEach);
      return correlation.share();
    }
    long[] difference = talk.wire().receiveElements(x.length, bytesEach);
    return LocalMap.add(multiply(LocalMap.add(x, difference)), correlation.share());
  }

  /// The message of [#apply(Dialogue, long[], Correlation)].
  static void script(Script script, long inputs, int bytesEach) {
    script.exchange(0, inputs * bytesEach);
  }

  private long[] multiply(long[] x) {
    long[] product = new long[outputs];
    List<Integer> spatial = shape.extents().subList(0, shape.rank() - 1);
    RingConvolution.apply(prepared.orElseThrow(), x, spatial, op.window(), product);
    return product;
  }
}
