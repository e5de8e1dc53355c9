package org.blindread.mpc.protocol;

import java.util.Optional;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.RingTensor;

/// One party's means for one session over the protocol's own share type `S`: protects the weights
/// once, then opens an [Evaluation] for each image.
///
/// @param <S> what this party holds of one value
public interface Engine<S> {
  /// This party's share of a secret constant, for the whole session; called in plan order.
  ///
  /// @param number the step's place in the plan
  /// @param value the constant, present at the vendor alone
  S weight(int number, Step step, Instruction.Weight weight, Optional<RingTensor> value)
      throws ProtocolException;

  /// Begins the evaluation of one image, whose data nobody needs yet: what a protocol prepares, it
  /// prepares here. Its randomness belongs to this image in this session alone.
  ///
  /// @param lane where its messages go
  /// @param image number of the image in the run
  /// @throws IllegalStateException if the image was begun before in this session
  /// @throws ProtocolException if a peer is lost or deviates while it is prepared
  Evaluation<S> evaluation(Lane lane, long image) throws ProtocolException;
}
