package dev.serai.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A message that can never be processed, however often it is tried: not JSON, or with wrong fields.
 *
 * <p>The policies park it at once.
 */
public class PoisonMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A poison message.
   *
   * @param message what is wrong with the message and where; kept with it as the reason
   */
  public PoisonMessageException(String message) {
    this(message, null);
  }

  /**
   * A poison message.
   *
   * @param message what is wrong with the message and where; kept with it as the reason
   * @param cause the failure that showed it
   */
  public PoisonMessageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
