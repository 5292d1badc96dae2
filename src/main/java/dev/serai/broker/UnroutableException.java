package dev.serai.broker;

/** No queue is bound for the exchange and routing key, and the exchange does not allow that. */
public final class UnroutableException extends PublishException {
  private static final long serialVersionUID = 1L;

  public UnroutableException(String message) {
    super(message);
  }
}
