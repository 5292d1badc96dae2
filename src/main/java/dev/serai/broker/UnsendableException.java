package dev.serai.broker;

/**
 * The message cannot be written in AMQP: a name is longer than 255 bytes, or its headers are larger
 * than a frame.
 */
public final class UnsendableException extends PublishException {
  private static final long serialVersionUID = 1L;

  public UnsendableException(String message) {
    super(message);
  }
}
