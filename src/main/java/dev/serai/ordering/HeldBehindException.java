package dev.serai.ordering;

/** Why a message is parked that was not tried: an earlier one of its key is. */
final class HeldBehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HeldBehindException() {
    super("held-behind: an earlier message of its key is parked; replay both");
  }
}
