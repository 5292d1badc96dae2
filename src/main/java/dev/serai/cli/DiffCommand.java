package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows which files are not used as they are on disk; 1 when there is one. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai routes diff"},
    description = {
      "What differs between the files that run and those on disk, line by line, and why.",
      "Passwords and keys are masked. Exit code 1 when something differs."
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class DiffCommand implements Callable<Integer> {
  private static final Map<String, String> STATES =
      Map.of(
          "KEPT", "refused; runs as it was before",
          "LEFT_OUT", "refused; is left out",
          "WAITING", "not looked at yet; ./serai reload does it now");

  @Mixin private OperatorPort operator;
  @Mixin private Output output;

  @Override
  public Integer call() {
    JsonNode differences = operator.client().get("/config/diff");
    output.print(differences, DiffCommand::text);
    return differences.path("files").isEmpty() ? 0 : 1;
  }

  private static String text(JsonNode differences) {
    StringBuilder text = new StringBuilder();
    for (JsonNode file : differences.path("files")) {
      text.append(text.isEmpty() ? "" : System.lineSeparator())
          .append(
              "%s: %s, %s%n"
                  .formatted(
                      file.path("path").asText(),
                      ReloadCommand.change(file.path("change")),
                      STATES.getOrDefault(
                          file.path("state").asText(), file.path("state").asText())));
      file.path("problems").forEach(problem -> text.append(Problems.text(problem)));
      text.append(file.path("diff").asText());
    }
    return text.isEmpty()
        ? "nothing differs: generation %d runs the files as they are on disk%n"
            .formatted(differences.path("generation").asLong())
        : text.toString();
  }
}
