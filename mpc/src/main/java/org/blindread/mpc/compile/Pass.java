package org.blindread.mpc.compile;

/// A step of compilation that keeps a model's meaning: [Model#toGraph] computes the same outputs
/// before and after, up to float rounding. What changes is printed by [Model#toString].
///
/// The structure of the result (nodes, shapes, names) depends on the structure of the model alone,
/// never on the value of a constant or of a range.
public interface Pass {
  /// What the pass does, in a few words.
  String name();

  /// The model after the pass.
  ///
  /// @throws CompileException if the model holds something that has no secure form
  Model apply(Model model) throws CompileException;
}
