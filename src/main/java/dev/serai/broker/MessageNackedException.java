package dev.serai.broker;

/** The broker refused the message (negative confirm) without saying why. */
public final class MessageNackedException extends PublishException {
  private static final long serialVersionUID = 1L;

  public MessageNackedException(String message) {
    super(message);
  }
}
