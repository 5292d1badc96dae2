package dev.serai.hub;

import dev.serai.delivery.PoisonMessageException;

/** An update that could not be told as it is; a message with one is parked at once. */
public class BadUpdateException extends PoisonMessageException {
  private static final long serialVersionUID = 1L;

  BadUpdateException(String wrong) {
    super("bad-update: " + wrong);
  }
}
