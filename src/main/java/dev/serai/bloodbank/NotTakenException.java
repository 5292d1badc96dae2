package dev.serai.bloodbank;

/** The target of a replay has not taken an event; the message says why. */
final class NotTakenException extends Exception {
  private static final long serialVersionUID = 1L;

  NotTakenException(String message) {
    super(message);
  }
}
