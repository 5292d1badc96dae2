package dev.serai.store;

/** The database that holds the state cannot be used, so Serai cannot start. */
class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
