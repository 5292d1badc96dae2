package dev.serai.broker;

/** No confirm arrived within the publish timeout; the message may or may not be in the queue. */
public final class ConfirmTimeoutException extends PublishException {
  private static final long serialVersionUID = 1L;

  public ConfirmTimeoutException(String message) {
    super(message);
  }
}
