package dev.serai.cli;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that talk to a running Serai; the serai script starts it. */
@Command(
    name = "./serai",
    subcommands = {
      TopologyCommand.class,
      RoutesCommand.class,
      ReloadCommand.class,
      DlqCommand.class,
      TasksCommand.class,
      BenchCommand.class,
      DebiasCommand.class,
      CheckCommand.class,
      TestRoutesCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Talks to a running Serai.")
public final class Cli {

  private Cli() {}

  /**
   * Ends the process with 0 (done), 1 (it did not work, or something is wrong), 2 (wrong usage) or
   * 3 (no Serai answered, or it cannot do it now).
   */
  public static void main(String[] arguments) {
    LoggingSystem.get(Cli.class.getClassLoader()).setLogLevel(null, LogLevel.OFF);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Cli())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (failure, command, result) -> {
              if (failure instanceof CliException reason) {
                command.getErr().println("serai: " + failure.getMessage());
                command.getErr().flush();
                return reason.exitCode();
              }
              throw failure;
            });
  }
}
