package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.kernel.RingConvolution;

/// A convolution of an additively shared x by the vendor's weights: W·x = W·x_0 + W·x_1, the first
/// term the vendor's own, the second by a [Linear] protocol.
///
/// @param linear for W·x_1
/// @param spatial extents of x
/// @param op the instruction
/// @param outputs elements of the result
/// @param prepared weights for the vendor's own term, at the vendor
record Layered(
    Linear linear,
    List<Integer> spatial,
    Instruction.Convolve op,
    int outputs,
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
    Shape x = plan.step(op.x()).shape();
    return new Layered(
        shapes.linear(number, keys, kernel),
        x.extents().subList(0, x.rank() - 1),
        op,
        plan.step(number).shape().size(),
        kernel.map(
            weights -> {
              Shape shape = weights.shape();
              int rows = shape.extent(0);
              int inputs = shape.extent(-1);
              int taps = shape.size() / rows / inputs;
              return RingConvolution.prepare(
                  weights.values(), rows, taps, inputs, op.groups(), plan.numbers().bits());
            }));
  }

  /// This party's share of W·x.
  long[] apply(Dialogue talk, long[] x) throws ProtocolException {
    if (!talk.vendor()) {
      return linear.hospital(talk, x);
    }
    long[] own = new long[outputs];
    RingConvolution.apply(prepared.orElseThrow(), x, spatial, op.window(), own);
    long[] other = linear.vendor(talk);
    for (int i = 0; i < own.length; i++) {
      own[i] += other[i];
    }
    return own;
  }
}
