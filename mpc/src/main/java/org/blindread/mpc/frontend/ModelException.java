package org.blindread.mpc.frontend;

/// A model file that cannot be read: damaged, outside a limit, or holding what Blindread does not
/// support.
///
/// The message is one sentence for the user: rule, value, place (node, operator, opset or tensor)
/// and, where there is one, the way out.
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
