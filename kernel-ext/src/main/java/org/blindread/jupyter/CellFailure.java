package org.blindread.jupyter;

/// A cell that failed: one sentence with the way out, and no stack, for a kernel would print it.
///
/// An error, not an exception: the kernels wrap exceptions of magics into others, with stacks of
/// their own.
public final class CellFailure extends Error {
  private static final long serialVersionUID = 1;

  public CellFailure(String sentence) {
    super(sentence, null, false, false);
  }

  /// @param why told where stacks are asked for, by `-Dblindread.stack=true`
  public CellFailure(String sentence, Throwable why) {
    super(sentence, null, false, false);
    if (Boolean.getBoolean("blindread.stack")) {
      why.printStackTrace();
    }
  }
}
