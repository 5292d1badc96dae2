package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.checks.RouteProblem;

/** What is wrong in files, as a running Serai tells it. */
final class Problems {
  private Problems() {}

  /** One of them in the words of {@code ./serai check}, with the end of its line. */
  static String text(JsonNode problem) {
    return new RouteProblem(
            problem.path("name").asText(),
            problem.path("file").asText(),
            problem.path("line").asInt(),
            problem.path("column").asInt(),
            problem.path("wrong").asText(),
            problem.path("remedy").asText())
        + System.lineSeparator();
  }
}
