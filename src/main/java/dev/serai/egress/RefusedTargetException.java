package dev.serai.egress;

/** An address that is never called. The message says what to write instead, and no password. */
public final class RefusedTargetException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedTargetException(String message) {
    super(message);
  }
}
