package dev.serai.urls;

/** A text that is no URL. */
final class BadUrlException extends Exception {
  private static final long serialVersionUID = 1L;

  BadUrlException(String wrong) {
    super(wrong, null, false, false); // thrown for every topic that is none
  }
}
