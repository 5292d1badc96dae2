package dev.serai.ordering;

/** Why a message is parked that could not be put into its partition. */
final class NeverSentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NeverSentException(String why) {
    super("never-sent: it cannot be put into its partition: " + why);
  }
}
