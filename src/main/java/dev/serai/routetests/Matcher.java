package dev.serai.routetests;

import java.util.Map;
import java.util.Optional;

/**
 * A value that is described instead of written out.
 *
 * @param kind how
 * @param part the description
 */
record Matcher(Kind kind, Part part) {

  /** The ways to describe a value, each a mapping with this one key. */
  enum Kind {
    /** A regular expression for the whole text. */
    MATCHES("matches"),
    /** A piece of the text. */
    CONTAINS("contains"),
    /** Any value, as long as there is one. */
    ANY("any"),
    /** There must be none. */
    ABSENT("absent"),
    /** This and no more fields. */
    EXACTLY("exactly"),
    /** A list whose items may come in another order. */
    IN_ANY_ORDER("in-any-order");

    private final String key;

    Kind(String key) {
      this.key = key;
    }
  }

  static Optional<Matcher> of(Part part) {
    Map<String, Part> entries = part.entries();
    if (entries.size() != 1) {
      return Optional.empty();
    }
    Map.Entry<String, Part> only = entries.entrySet().iterator().next();
    for (Kind kind : Kind.values()) {
      if (kind.key.equals(only.getKey())) {
        return Optional.of(new Matcher(kind, only.getValue()));
      }
    }
    return Optional.empty();
  }
}
