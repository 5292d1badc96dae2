package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The routes that are live. */
@Command(
    name = "routes",
    subcommands = {DiffCommand.class, DrawCommand.class},
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai routes", "  ./serai routes --json", "  ./serai routes diff"},
    description = "Every live route: its state, what it has processed, and what failed last.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class RoutesCommand implements Callable<Integer> {
  private static final int ERROR = 60; // characters of an error in a table

  @Mixin private OperatorPort operator;
  @Mixin private Output output;

  @Override
  public Integer call() {
    output.print(operator.client().get("/routes"), RoutesCommand::table);
    return 0;
  }

  private static String table(JsonNode routes) {
    return new Table()
        .column("ID", "id")
        .column("STATE", "state")
        .column("FROM", "from")
        .column("IN-FLIGHT", "inFlight")
        .column("PROCESSED", "processed")
        .column("FAILED", "failed")
        .column("LAST ERROR", ERROR, row -> Table.text(row.path("lastError")))
        .render(routes.path("items"));
  }
}
