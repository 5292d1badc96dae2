package dev.serai.urls;

/**
 * A part of a pattern's text.
 *
 * @param index where it begins
 * @param value what it stands for
 */
record Token(Type type, int index, String value) {
  enum Type {
    OPEN,
    CLOSE,
    REGEXP,
    NAME,
    CHAR,
    ESCAPED,
    MODIFIER,
    ASTERISK,
    INVALID,
    END
  }

  /** Whether it is this character, and nothing that has a meaning in patterns. */
  boolean isPlain(String character) {
    return value.equals(character)
        && (type == Type.CHAR || type == Type.ESCAPED || type == Type.INVALID);
  }
}
