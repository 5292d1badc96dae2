package dev.serai.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the clients of topics are told. Immutable.
 *
 * @param topics the first is the canonical one; the others are further names
 * @param data of any length; lines may end in any way
 * @param isPrivate whether only those may see it who have leave for one of its topics
 * @param id that clients resume by; null: one is made
 * @param type of the event; null: {@code message}
 * @param retry milliseconds that a client waits before it comes back; null: as before
 */
public record Update(
    List<String> topics,
    String data,
    boolean isPrivate,
    @Nullable String id,
    @Nullable String type,
    @Nullable Long retry) {
  private static final int MOST_TOPICS = 100;
  private static final int LONGEST_TOPIC = 2000;
  private static final int LONGEST = 500;

  /**
   * The same, if it can be told.
   *
   * @throws BadUpdateException with what is wrong
   */
  Update checked() {
    if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
      throw new BadUpdateException("an update has 1 to " + MOST_TOPICS + " topics");
    }
    topics.forEach(topic -> check("a topic", topic, LONGEST_TOPIC));
    if (id != null) {
      check("an id", id, LONGEST);
      if (!id.strip().equals(id)) { // the header by which it comes back has no spaces there
        throw new BadUpdateException("an id neither begins nor ends with a space");
      }
    }
    if (type != null) {
      check("a type", type, LONGEST);
    }
    if (data.indexOf('\0') >= 0) { // PostgreSQL keeps no such text
      throw new BadUpdateException("data has no character U+0000");
    }
    if (retry != null && retry < 0) {
      throw new BadUpdateException("retry is a number of milliseconds");
    }
    return this;
  }

  /** An update that all may see, with an id that is made for it. */
  public static Update of(String topic, String data) {
    return new Update(List.of(topic), data, false, null, null, null);
  }

  private static void check(String what, String text, int longest) {
    if (!isClean(text, longest)) {
      throw new BadUpdateException(
          "%s has 1 to %d characters, none of them a control character".formatted(what, longest));
    }
  }

  /** Whether a text can stand in a line of a stream, and in a header. */
  static boolean isClean(String text, int longest) {
    return !text.isEmpty()
        && text.length() <= longest
        && text.codePoints().noneMatch(Update::isForbidden);
  }

  private static boolean isForbidden(int character) {
    int kind = Character.getType(character);
    return kind == Character.CONTROL
        || kind == Character.LINE_SEPARATOR
        || kind == Character.PARAGRAPH_SEPARATOR
        || kind == Character.SURROGATE;
  }

  /** The same update with an id. */
  Update identified(String made) {
    return id != null ? this : new Update(topics, data, isPrivate, made, type, retry);
  }
}
