package org.blindread.mpc.protocol;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.RingTensor;

/// One party's part in reading one image: one method a kind of instruction. `step` gives the
/// result's shape and scale, `number` is the step's place in the plan and tags its messages.
///
/// @param <S> what this party holds of one value
public interface Evaluation<S> {
  /// The image, or another tensor of the run's data.
  ///
  /// @param value present at the owner alone
  S input(int number, Step step, Instruction.Input input, Optional<RingTensor> value)
      throws ProtocolException;

  /// Convolution by secret weights; scales add.
  S convolve(int number, Step step, Instruction.Convolve op, S x, S kernel, Optional<S> bias)
      throws ProtocolException;

  /// An affine map with public coefficients; usually without communication.
  S local(int number, Step step, Instruction.Local op, List<S> operands) throws ProtocolException;

  S truncate(int number, Step step, Instruction.Truncate op, S x) throws ProtocolException;

  S relu(int number, Step step, Instruction.Relu op, S x, Optional<S> offset, Optional<S> flips)
      throws ProtocolException;

  S maximum(int number, Step step, Instruction.Maximum op, S a, S b) throws ProtocolException;

  /// Exact division by a public number. A protocol that [Protocol#refuses] it is never asked to.
  default S divide(int number, Step step, Instruction.Divide op, S x) throws ProtocolException {
    throw new IllegalStateException("this protocol does not divide");
  }

  /// The position of the largest element. A protocol that [Protocol#refuses] it is never asked to.
  default S argMax(int number, Step step, Instruction.ArgMax op, S x) throws ProtocolException {
    throw new IllegalStateException("this protocol finds no largest element");
  }

  /// Opens a value as the run's [Reveal] says.
  Opened output(int number, Step step, Instruction.Output op, S x) throws ProtocolException;
}
