package dev.serai.urls;

/** A text that is no URL pattern, or one that could take too long; the message says why. */
public final class BadPatternException extends Exception {
  private static final long serialVersionUID = 1L;

  BadPatternException(String wrong) {
    super(wrong);
  }
}
