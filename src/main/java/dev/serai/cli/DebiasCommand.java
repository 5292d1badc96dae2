package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Commands of the pack debias. */
@Command(
    name = "debias",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai debias compare"},
    description = "Commands of the pack debias.")
final class DebiasCommand {
  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  ./serai debias compare"},
      description =
          "Whether both write paths have stored the same events (debias.write-path=both).")
  int compare(@Mixin DataPort data, @Mixin Output output) {
    JsonNode result = data.client().get("/debias/comparison");
    output.print(result, DebiasCommand::text);
    boolean equal =
        result.path("only_direct").isEmpty()
            && result.path("only_queue").isEmpty()
            && result.path("different").isEmpty();
    return equal ? 0 : 1;
  }

  private static String text(JsonNode result) {
    return line("stored directly", result.path("direct"))
        + line("stored through the queue", result.path("queue"))
        + line("the same in both", result.path("same"))
        + line("only directly (or still in the queue)", result.path("only_direct"))
        + line("only through the queue", result.path("only_queue"))
        + line("with other fields", result.path("different"));
  }

  private static String line(String name, JsonNode value) {
    return "%-38s %s%n".formatted(name, Table.text(value));
  }
}
