package dev.serai.cli;

/** What a person needs to know when a command did not work: what is wrong and what to do. */
final class CliException extends RuntimeException {
  CliException(String message) {
    super(message);
  }

  CliException(String message, Throwable cause) {
    super(message, cause);
  }
}
