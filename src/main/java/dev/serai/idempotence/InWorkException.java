package dev.serai.idempotence;

/** Another consumer works on the same message, or has died with it a short time ago. */
public final class InWorkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InWorkException(String key) {
    super(
        "message-in-work: \"%s\" is being done already, or its consumer has died; it is tried again"
            .formatted(key));
  }
}
