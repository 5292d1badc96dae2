package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the checks; 1 when one of them is unhealthy. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = {
      "Whether the running Serai can do its work now, check by check.",
      "Exit code 0 also when it is Degraded, 1 when it is Unhealthy."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai health", "  ./serai health --url http://serai.example:8080 --json"})
@SuppressWarnings("NullAway.Init") // set by picocli
final class HealthCommand implements Callable<Integer> {
  @Mixin private DataPort data;
  @Mixin private Output output;

  @Override
  public Integer call() {
    JsonNode health = data.client().get("/health/ready", answer -> answer.path("checks").isArray());
    output.print(health, HealthCommand::text);
    return health.path("status").asText().equals("Unhealthy") ? 1 : 0;
  }

  private static String text(JsonNode health) {
    StringBuilder text =
        new StringBuilder(coloured(health.path("status").asText())).append(System.lineSeparator());
    for (JsonNode check : health.path("checks")) {
      text.append(
          "  %s %s %s%n"
              .formatted(
                  coloured("%-9s".formatted(check.path("status").asText())),
                  "%-16s".formatted(check.path("name").asText()),
                  Terminal.clean(check.path("description").asText())));
    }
    return text.toString();
  }

  private static String coloured(String status) {
    return switch (status.strip()) {
      case "Healthy" -> Terminal.green(status);
      case "Degraded" -> Terminal.yellow(status);
      default -> Terminal.red(status);
    };
  }
}
