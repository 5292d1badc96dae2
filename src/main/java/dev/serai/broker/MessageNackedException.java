package dev.serai.broker;

/** The broker refused the message: by a negative confirm, or by closing the channel over it. */
public final class MessageNackedException extends PublishException {
  private static final long serialVersionUID = 1L;

  public MessageNackedException(String message) {
    super(message);
  }
}
