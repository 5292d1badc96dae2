package dev.serai.broker;

/** A queue that the message was routed to is full and refuses more. */
public final class QueueFullException extends PublishException {
  private static final long serialVersionUID = 1L;

  public QueueFullException(String message) {
    super(message);
  }
}
