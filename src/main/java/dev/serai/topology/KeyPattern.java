package dev.serai.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Which routing keys are meant, as a binding of a topic exchange says it: {@code *} stands for one
 * word between dots, {@code #} for any number of them. Immutable.
 */
public final class KeyPattern {
  private static final int LONGEST = 255; // bytes

  private final String[] words;

  /** Reads one; every text is a pattern, but see {@link #problem}. */
  public KeyPattern(String text) {
    this.words = text.split("\\.", -1);
  }

  /** Whether a key is meant by one of several. */
  public static boolean anyMatches(List<KeyPattern> patterns, String key) {
    String[] parts = key.split("\\.", -1);
    return patterns.stream().anyMatch(pattern -> pattern.matches(parts));
  }

  /** Whether a key is one of those that are meant. */
  public boolean matches(String key) {
    return matches(key.split("\\.", -1));
  }

  /** Like a glob: remembers the latest {@code #}, and lets it take one word more after a miss. */
  private boolean matches(String[] parts) {
    int part = 0;
    int word = 0;
    int hash = -1;
    int taken = 0;
    while (part < parts.length) {
      if (word < words.length && words[word].equals("#")) {
        hash = word++;
        taken = part;
      } else if (word < words.length
          && (words[word].equals("*") || words[word].equals(parts[part]))) {
        word++;
        part++;
      } else if (hash >= 0) {
        word = hash + 1;
        part = ++taken;
      } else {
        return false;
      }
    }
    while (word < words.length && words[word].equals("#")) {
      word++;
    }
    return word == words.length;
  }

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
