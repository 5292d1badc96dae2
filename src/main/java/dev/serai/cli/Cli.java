package dev.serai.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that talk to a running Serai; the serai script starts it. */
@Command(
    name = "./serai",
    synopsisSubcommandLabel = "COMMAND",
    description = "Talks to a running Serai.")
public final class Cli {
  private static final List<Class<?>> COMMANDS =
      List.of(
          PublishCommand.class,
          ConsumeCommand.class,
          HealthCommand.class,
          TraceCommand.class,
          TopologyCommand.class,
          RoutesCommand.class,
          ReloadCommand.class,
          DlqCommand.class,
          TasksCommand.class,
          BenchCommand.class,
          DebiasCommand.class,
          CheckCommand.class,
          TestRoutesCommand.class);

  private static final Map<String, String> EXIT_CODES = new LinkedHashMap<>();

  static {
    EXIT_CODES.put(" 0", "done, and nothing is wrong");
    EXIT_CODES.put(" 1", "it did not work, or something is wrong");
    EXIT_CODES.put(" 2", "wrong usage: an option, a key or a pattern that cannot be");
    EXIT_CODES.put(" 3", "no Serai answered, or it cannot do it now");
  }

  private Cli() {}

  /**
   * Ends the process with 0 (done), 1 (it did not work, or something is wrong), 2 (wrong usage) or
   * 3 (no Serai answered, or it cannot do it now).
   */
  public static void main(String[] arguments) {
    System.setProperty("sun.net.http.retryPost", "false"); // a message is not published twice
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** All commands. */
  static CommandLine commandLine() {
    return commandLine(new String[0]);
  }

  /** The command that arguments begin with; all when they begin with none. */
  static CommandLine commandLine(String[] arguments) {
    CommandLine all = new CommandLine(new Cli());
    all.setCommandName(System.getProperty("serai.name", all.getCommandName()));
    String wanted = arguments.length == 0 ? "" : arguments[0];
    List<Class<?>> named = COMMANDS.stream().filter(c -> name(c).equals(wanted)).toList();
    (named.isEmpty() ? COMMANDS : named)
        .forEach(command -> all.addSubcommand(name(command), command));
    tellExitCodes(all);
    return all.setUsageHelpAutoWidth(true)
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

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static void tellExitCodes(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(EXIT_CODES);
    command.getSubcommands().values().forEach(Cli::tellExitCodes);
  }
}
