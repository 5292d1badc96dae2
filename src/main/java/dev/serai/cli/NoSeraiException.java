package dev.serai.cli;

/** No Serai answered what was asked, so nothing is known of it. */
final class NoSeraiException extends CliException {
  /** Neither "something is wrong" (1) nor wrong usage (2). */
  static final int EXIT_CODE = 3;

  NoSeraiException(String message) {
    super(message);
  }

  NoSeraiException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  int exitCode() {
    return EXIT_CODE;
  }
}
