package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands of the pack debias. */
@Command(
    name = "debias",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    description = "Commands of the pack debias.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DebiasCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description =
          "Whether both write paths have stored the same events (debias.write-path=both).")
  int compare(
      @Option(
              names = "--port",
              paramLabel = "N",
              defaultValue = "${env:SERAI_PORT:-8080}",
              description = "Data port of the running Serai (${DEFAULT-VALUE}).")
          int port) {
    JsonNode result =
        new JsonClient("http://127.0.0.1:" + port, "--port", "").get("/debias/comparison");
    PrintWriter out = spec.commandLine().getOut();
    line(out, "stored directly", result.path("direct"));
    line(out, "stored through the queue", result.path("queue"));
    line(out, "the same in both", result.path("same"));
    line(out, "only directly (or still in the queue)", result.path("only_direct"));
    line(out, "only through the queue", result.path("only_queue"));
    line(out, "with other fields", result.path("different"));
    out.flush();
    boolean equal =
        result.path("only_direct").isEmpty()
            && result.path("only_queue").isEmpty()
            && result.path("different").isEmpty();
    return equal ? 0 : 1;
  }

  private static void line(PrintWriter out, String name, JsonNode value) {
    out.printf("%-38s %s%n", name, Table.text(value));
  }
}
