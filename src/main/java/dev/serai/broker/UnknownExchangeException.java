package dev.serai.broker;

/** The exchange does not exist on the broker. */
public final class UnknownExchangeException extends PublishException {
  private static final long serialVersionUID = 1L;

  public UnknownExchangeException(String message) {
    super(message);
  }
}
