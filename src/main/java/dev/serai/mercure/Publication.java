package dev.serai.mercure;

import dev.serai.http.Fields;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.hub.Update;
import dev.serai.urls.UrlPaths;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the form with which something is published. */
final class Publication {
  static final String PATH = "/.well-known/mercure";
  private static final int MOST_TOPICS = 100;
  private static final int LONGEST_TOPIC = 2000;
  private static final int LONGEST = 500;

  private Publication() {}

  /**
   * Reads a form.
   *
   * @param hub URL to which relative topics refer
   * @return with an id: the publisher's, or one that is made
   * @throws ProblemException 400 {@code bad-update}
   */
  static Update read(Fields form, String hub) throws ProblemException {
    List<String> topics = form.all("topic");
    if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
      throw bad("topic", "there are 1 to " + MOST_TOPICS + " of it");
    }
    for (String topic : topics) {
      checkTopic(topic, hub);
    }
    String data = form.first("data").orElse("");
    if (data.indexOf('\0') >= 0) {
      throw bad("data", "it has no character U+0000");
    }
    String id = checkedId(form.first("id").filter(text -> !text.isEmpty()).orElse(null));
    String type = form.first("type").filter(text -> !text.isEmpty()).orElse(null);
    if (type != null && (!isClean(type, LONGEST) || type.equals("mercure"))) {
      throw bad("type", "it is not \"mercure\", and " + clean(LONGEST));
    }
    String retry = form.first("retry").filter(text -> !text.isEmpty()).orElse(null);
    if (retry != null && !retry.matches("\\d{1,9}")) {
      throw bad("retry", "it is a number of milliseconds of up to 9 digits");
    }
    return new Update(
        List.copyOf(topics),
        data,
        form.has("private"),
        id == null ? "urn:uuid:" + UUID.randomUUID() : id,
        type,
        retry == null ? null : Long.valueOf(retry));
  }

  private static void checkTopic(String topic, String hub) throws ProblemException {
    if (!isClean(topic, LONGEST_TOPIC) || topic.equals("*")) {
      throw bad("topic", "it is not \"*\", and " + clean(LONGEST_TOPIC));
    }
    String path = UrlPaths.decoded(topic, hub).orElse("");
    if (path.equals(PATH) || path.startsWith(PATH + "/")) {
      throw bad("topic", "what is under " + PATH + " is the hub's own");
    }
  }

  private static @Nullable String checkedId(@Nullable String id) throws ProblemException {
    if (id != null
        && (!isClean(id, LONGEST)
            || id.startsWith("#")
            || id.equals("earliest")
            || !id.strip().equals(id))) {
      throw bad(
          "id",
          "it is not \"earliest\", does not begin with #, neither begins nor ends with a space, and "
              + clean(LONGEST));
    }
    return id;
  }

  private static String clean(int longest) {
    return "has 1 to %d characters, none of them a control or format character".formatted(longest);
  }

  /** Whether a text can stand in a line of a stream, and looks like what it is. */
  static boolean isClean(String text, int longest) {
    return !text.isEmpty()
        && text.length() <= longest
        && text.codePoints().noneMatch(Publication::isForbidden);
  }

  private static boolean isForbidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static ProblemException bad(String field, String rule) {
    return new ProblemException(
        400,
        "bad-update",
        "The update cannot be told: of \"" + field + "\", " + rule + ".",
        List.of(new FieldError("#/" + field, rule)));
  }
}
