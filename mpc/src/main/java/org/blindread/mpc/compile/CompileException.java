package org.blindread.mpc.compile;

/// A model cannot be compiled: it holds an operation that has no secure form, or its values do not
/// fit the numbers asked for. The text names the layer and the way out.
public final class CompileException extends Exception {
  private static final long serialVersionUID = 1L;

  public CompileException(String message) {
    super(message);
  }
}
