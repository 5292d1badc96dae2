package dev.serai.tail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rules of routing keys and of the patterns that stand for several of them. */
public final class KeyPattern {
  private static final int LONGEST = 255; // bytes

  private KeyPattern() {}

  /**
   * What is wrong with a pattern: words with dots between them, {@code *} for one word and {@code
   * #} for any number of them.
   *
   * @return a clause that says what to write instead; empty when nothing is wrong
   */
  public static Optional<String> problem(String pattern) {
    Optional<String> wrong = problemOfText(pattern);
    for (String word : pattern.split("\\.", -1)) {
      if (wrong.isEmpty() && word.length() > 1 && (word.contains("*") || word.contains("#"))) {
        wrong =
            Optional.of(
                "\"%s\" mixes a wildcard with letters; * and # stand for whole words"
                    .formatted(word));
      }
    }
    return wrong;
  }

  /**
   * What is wrong with the routing key of a message: words with dots between them.
   *
   * @return a clause that says what to write instead; empty when nothing is wrong
   */
  public static Optional<String> problemOfKey(String key) {
    return problemOfText(key)
        .or(
            () ->
                key.contains("*") || key.contains("#")
                    ? Optional.of("a message has no wildcards in its key; leave out * and #")
                    : Optional.empty());
  }

  private static Optional<String> problemOfText(String text) {
    if (text.isEmpty()) {
      return Optional.of("it is empty; write words with dots between them");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return Optional.of("it is longer than 255 bytes");
    }
    if (text.chars().anyMatch(c -> c <= ' ' || Character.isISOControl(c))) {
      return Optional.of("it has a blank or a control character");
    }
    for (String word : text.split("\\.", -1)) {
      if (word.isEmpty()) {
        return Optional.of("a word is missing before or after a dot");
      }
    }
    return Optional.empty();
  }
}
