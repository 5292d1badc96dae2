package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the running Serai use its files now; 1 when it refuses one. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai reload", "  ./serai reload --operator-port 9081"},
    description = {
      "Makes the running Serai use its files as they are now, without waiting for its next look.",
      "Says what was taken, and what was refused and why. Exit code 1 when something was refused."
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class ReloadCommand implements Callable<Integer> {
  private static final Map<String, String> CHANGES =
      Map.of("ADDED", "new", "EDITED", "changed", "REMOVED", "deleted");

  @Mixin private OperatorPort operator;
  @Mixin private Output output;

  @Override
  public Integer call() {
    JsonNode outcome =
        operator.client().post("/routes/reload", JsonNodeFactory.instance.objectNode());
    output.print(outcome, ReloadCommand::text);
    return outcome.path("refused").isEmpty() ? 0 : 1;
  }

  private static String text(JsonNode outcome) {
    StringBuilder text = new StringBuilder(result(outcome));
    for (Map.Entry<String, JsonNode> file : outcome.path("changes").properties()) {
      text.append("  %-7s  %s%n".formatted(change(file.getValue()), file.getKey()));
    }
    if (!outcome.path("atNextStart").isEmpty()) {
      text.append(
          "read at start only, so in effect after the next one: %s%n"
              .formatted(Table.text(outcome.path("atNextStart"))));
    }
    for (Map.Entry<String, JsonNode> file : outcome.path("refused").properties()) {
      text.append("refused: %s%n".formatted(file.getKey()));
      file.getValue().forEach(problem -> text.append(Problems.text(problem)));
    }
    return text.toString();
  }

  /** What was done to a file, in a word. */
  static String change(JsonNode change) {
    return CHANGES.getOrDefault(change.asText(), change.asText());
  }

  private static String result(JsonNode outcome) {
    String result = outcome.path("result").asText().toLowerCase(Locale.ROOT);
    long generation = outcome.path("generation").asLong();
    return switch (result) {
      case "applied" ->
          "applied: generation %d, route files loaded: %d, messages waited %d ms%n"
              .formatted(
                  generation, outcome.path("loaded").size(), outcome.path("heldBack").asLong());
      case "unchanged" -> "unchanged: generation %d runs on%n".formatted(generation);
      case "later" ->
          "later: a route that answers this request is to be exchanged; that is done when it has ended%n"
              .formatted();
      default -> "%s: %s%n".formatted(result, Table.text(outcome.path("detail")));
    };
  }
}
