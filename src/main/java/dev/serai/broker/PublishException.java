package dev.serai.broker;

/**
 * The broker did not take a message.
 *
 * <p>Each way to fail is a subclass, so that a route can catch it by name. After any of them the
 * message is in no queue, except after {@link ConfirmTimeoutException} and {@link
 * ConnectionLostException}: there nobody knows.
 */
public abstract class PublishException extends Exception {
  private static final long serialVersionUID = 1L;

  PublishException(String message) {
    super(message);
  }
}
