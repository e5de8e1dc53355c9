package org.blindread.data;

/// A file of images or labels is not what it should be; the text names the file, the place and the
/// way out.
public final class DatasetException extends Exception {
  private static final long serialVersionUID = 1;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
