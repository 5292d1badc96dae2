package dev.serai.cli;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Commands that do what Serai does use its classes, which log. */
final class Quiet {
  private Quiet() {}

  /** Lets nothing of that be seen between what the command says. */
  static void logs() {
    LoggingSystem.get(Quiet.class.getClassLoader()).setLogLevel(null, LogLevel.OFF);
  }
}
