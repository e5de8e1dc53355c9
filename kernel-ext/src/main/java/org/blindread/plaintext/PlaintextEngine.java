package org.blindread.plaintext;

import org.blindread.mpc.frontend.ModelException;

/// A model loaded by something that computes in floating point, in the clear.
///
/// An engine may be used by several threads at once; it is closed when none uses it.
public interface PlaintextEngine extends AutoCloseable {

  /// What computes, as `--engine` names it.
  String name();

  /// The version of what computes.
  String version();

  /// The model's outputs for one image, as the model puts them out (logits, say), all outputs one
  /// after the other.
  ///
  /// @param image C×H×W, row-major, preprocessed
  /// @throws IllegalArgumentException if the image has another number of elements
  /// @throws ModelException if the model cannot be evaluated
  float[] logits(float[] image) throws ModelException;

  @Override
  void close();
}
