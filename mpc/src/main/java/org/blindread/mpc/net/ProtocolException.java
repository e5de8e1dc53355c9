package org.blindread.mpc.net;

/// What a peer or the connection to it can cause: loss, silence, a message that breaks the
/// protocol, terms that differ. The text names the peer and never holds payload.
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }

  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
