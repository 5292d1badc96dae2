package dev.serai.cli;

import picocli.CommandLine;

/** What was typed cannot be; nothing was asked of any Serai. */
final class BadUsageException extends CliException {
  BadUsageException(String message) {
    super(message);
  }

  @Override
  int exitCode() {
    return CommandLine.ExitCode.USAGE;
  }
}
