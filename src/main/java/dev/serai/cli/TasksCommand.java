package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tasks that applications have handed in: looked at, cancelled, handed in. */
@Command(
    name = "tasks",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai tasks list --state failed", "  ./serai tasks show ID"},
    description = "Tasks: list, show, cancel, submit.")
final class TasksCommand {
  private static final int ERROR = 60; // characters of an error in a table

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  ./serai tasks list --state failed --limit 5"},
      description = "Tasks, newest first, with the error of those that failed.")
  int list(@Mixin DataPort data, @Mixin Output output, @Mixin Which which) {
    output.print(data.client().get(which.of("/tasks")), TasksCommand::table);
    return 0;
  }

  /** Which tasks to list. */
  static final class Which {
    @Option(names = "--state", paramLabel = "STATE", description = "queued, running, failed ...")
    private @Nullable String state;

    @Option(names = "--type", paramLabel = "TYPE", description = "llm, background ...")
    private @Nullable String type;

    @Option(names = "--limit", paramLabel = "N", description = "Most tasks to list.")
    private @Nullable Integer limit;

    @Option(names = "--after", paramLabel = "ID", description = "Only older ones than this.")
    private @Nullable String after;

    String of(String path) {
      return new Query(path)
          .with("state", state)
          .with("type", type)
          .with("limit", limit)
          .with("after", after)
          .toString();
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  ./serai tasks show ID --json"},
      description = "A task with its progress, result and attempts.")
  int show(
      @Mixin DataPort data,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "As ./serai tasks list names it.") String id) {
    output.print(data.client().get(path(id)), TasksCommand::text);
    return 0;
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  ./serai tasks cancel ID"},
      description = "Cancels a task: one that waits never starts, one in work is interrupted.")
  int cancel(
      @Mixin DataPort data,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "As ./serai tasks list names it.") String id) {
    output.print(
        data.client().delete(path(id)),
        task ->
            task.path("state").asText().equals("cancelled")
                ? "cancelled%n".formatted()
                : "its worker has been asked to stop%n".formatted());
    return 0;
  }

  @Command(
      name = "submit",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./serai tasks submit llm '{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}' --priority 10"
      },
      description = "Hands in a task and prints its id.")
  int submit(
      @Mixin DataPort data,
      @Mixin Output output,
      @Parameters(paramLabel = "TYPE", description = "llm, background, notifications ...")
          String type,
      @Parameters(paramLabel = "JSON", description = "What to do.") String request,
      @Mixin Wishes wishes) {
    output.print(
        data.client().post(wishes.of(path(type)), json(request)),
        task -> task.path("id").asText() + System.lineSeparator());
    return 0;
  }

  /** How a task is to be done. */
  static final class Wishes {
    @Option(names = "--priority", paramLabel = "N", description = "0 to 10; 10 is done first.")
    private @Nullable Integer priority;

    @Option(names = "--deadline", paramLabel = "TIME", description = "2030-01-31T12:00:00Z or 30s.")
    private @Nullable String deadline;

    String of(String path) {
      return new Query(path).with("priority", priority).with("deadline", deadline).toString();
    }
  }

  private static String path(String part) {
    return "/tasks/" + JsonClient.encoded(part);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new CliException("the request is no JSON: " + e.getOriginalMessage());
    }
  }

  private static String table(JsonNode page) {
    String rows =
        new Table()
            .column("ID", "id")
            .column("TYPE", "type")
            .column("STATE", "state")
            .column("PRIORITY", "priority")
            .column("TENANT", "tenant")
            .column("ATTEMPTS", 8, row -> String.valueOf(row.path("attempts").size()))
            .column("CREATED", "created")
            .column("ERROR", ERROR, row -> Table.text(row.at("/error/detail")))
            .render(page.path("items"));
    return page.has("next")
        ? rows + "more with --after %s%n".formatted(page.path("next").asText())
        : rows;
  }

  private static String text(JsonNode task) {
    StringBuilder text = new StringBuilder();
    task.properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("attempts")) {
                text.append("%-13s %s%n".formatted(field.getKey(), Table.text(field.getValue())));
              }
            });
    return text.append(System.lineSeparator())
        .append(
            new Table()
                .column("ATTEMPT", "number")
                .column("OUTCOME", "outcome")
                .column("STARTED", "started")
                .column("ENDED", "ended")
                .column("WORKER", "worker")
                .column("ERROR", ERROR, row -> Table.text(row.path("error")))
                .render(task.path("attempts")))
        .toString();
  }
}
