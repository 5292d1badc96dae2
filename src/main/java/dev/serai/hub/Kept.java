package dev.serai.hub;

/**
 * An update in the history.
 *
 * @param sequence in its channel, from 1; none is left out
 * @param update with an id
 */
record Kept(long sequence, Update update) {

  /** The id that clients see. */
  String id() {
    return String.valueOf(update.id());
  }
}
