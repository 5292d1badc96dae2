package dev.serai.broker;

/** There is no connection to the broker, or the line of waiting messages is full. */
public final class BrokerUnavailableException extends PublishException {
  private static final long serialVersionUID = 1L;

  public BrokerUnavailableException(String message) {
    super(message);
  }
}
