package org.blindread.workbench;

/// A file of a run (card, scores, shares) is not what it should be; the text names the file, the
/// place and the way out.
public final class WorkbenchException extends Exception {
  private static final long serialVersionUID = 1;

  public WorkbenchException(String message) {
    super(message);
  }

  public WorkbenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
