package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The routes that are live. */
@Command(
    name = "routes",
    mixinStandardHelpOptions = true,
    description = "Every live route: its state, what it has processed, and what failed last.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class RoutesCommand implements Callable<Integer> {
  private static final int ERROR = 60; // characters of an error in a table

  @Mixin private OperatorPort operator;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As the operator port answers it.")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode routes = operator.client().get("/routes");
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? routes.toPrettyString() + System.lineSeparator() : table(routes));
    out.flush();
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
