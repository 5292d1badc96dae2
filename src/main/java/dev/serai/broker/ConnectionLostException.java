package dev.serai.broker;

/** The connection broke before the confirm; the message may or may not be in the queue. */
public final class ConnectionLostException extends PublishException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message) {
    super(message);
  }
}
