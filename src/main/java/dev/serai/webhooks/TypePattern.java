package dev.serai.webhooks;

import java.util.List;

/**
 * Which types of events an endpoint wants, as a binding of a topic exchange says it: {@code *}
 * stands for one word between dots, {@code #} for any number of them. Immutable.
 */
public final class TypePattern {
  private final String[] words;

  /** Reads one; every text is a pattern. */
  public TypePattern(String text) {
    this.words = text.split("\\.", -1);
  }

  static boolean anyMatches(List<TypePattern> patterns, String type) {
    String[] parts = type.split("\\.", -1);
    return patterns.stream().anyMatch(pattern -> pattern.matches(parts));
  }

  /** Whether a type is one of those that are meant. */
  public boolean matches(String type) {
    return matches(type.split("\\.", -1));
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
}
