package dev.serai.cli;

import picocli.CommandLine;

/** What a person needs to know when a command did not work: what is wrong and what to do. */
class CliException extends RuntimeException {
  CliException(String message) {
    super(message);
  }

  CliException(String message, Throwable cause) {
    super(message, cause);
  }

  int exitCode() {
    return CommandLine.ExitCode.SOFTWARE;
  }
}
