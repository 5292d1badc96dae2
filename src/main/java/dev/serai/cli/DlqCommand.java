package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What failed for good: listed, looked at, sent back. */
@Command(
    name = "dlq",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./serai dlq list",
      "  ./serai dlq show events.dlq",
      "  ./serai dlq replay events.dlq --dry-run"
    },
    description = "Dead letters: list, show, replay.")
final class DlqCommand {
  private static final int PAYLOAD = 60; // characters of a payload in a table
  private static final int ORIGINS = 50;
  private static final int REASON = 50;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  ./serai dlq list"},
      description = "The parking queues and how many messages are in each.")
  int list(@Mixin OperatorPort operator, @Mixin Output output) {
    output.print(operator.client().get("/dlq"), DlqCommand::queues);
    return 0;
  }

  private static String queues(JsonNode queues) {
    return new Table()
        .column("QUEUE", "queue")
        .column("MESSAGES", "messages")
        .column("FROM", ORIGINS, row -> Table.text(row.path("origins")))
        .render(queues.path("items"));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./serai dlq show events.dlq --limit 5",
        "  ./serai dlq show events.dlq --filter header:serai-route=debias-store-one-in-graph"
      },
      description = "Messages of a parking queue, oldest first, with the reason; they stay in it.")
  int show(
      @Mixin OperatorPort operator,
      @Parameters(paramLabel = "QUEUE", description = "As ./serai dlq list names it.") String queue,
      @Option(names = "--limit", paramLabel = "N", description = "Most messages to show.")
          @Nullable Integer limit,
      @Option(
              names = "--filter",
              paramLabel = "EXPR",
              description = "JSONPath or header predicate.")
          @Nullable String filter,
      @Mixin Output output) {
    Query path =
        new Query("/dlq/" + JsonClient.encoded(queue)).with("limit", limit).with("filter", filter);
    JsonNode shown = operator.client().get(path.toString());
    output.print(shown, answer -> messages(queue, answer));
    return 0;
  }

  private static String messages(String queue, JsonNode shown) {
    String table =
        new Table()
            .column("ID", "id")
            .column("AGE", 8, row -> age(row.path("age")))
            .column("ATTEMPTS", "attempts")
            .column("FROM", "origin")
            .column("ROUTE", "route")
            .column("REASON", REASON, row -> Table.text(row.path("reason")))
            .column("PAYLOAD", PAYLOAD, row -> Table.text(row.path("payload")))
            .render(shown.path("items"));
    long inQueue = shown.path("messages").asLong();
    return table + "%d of %d in %s%n".formatted(shown.path("items").size(), inQueue, queue);
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./serai dlq replay events.dlq --max 1",
        "  ./serai dlq replay events.dlq --to events.neo4j"
      },
      description = "Sends messages back to where they came from.")
  int replay(
      @Mixin OperatorPort operator,
      @Parameters(paramLabel = "QUEUE", description = "As ./serai dlq list names it.") String queue,
      @Mixin Selection selection,
      @Mixin Output output) {
    output.print(
        operator
            .client()
            .post("/dlq/" + JsonClient.encoded(queue) + "/replay", selection.request()),
        done -> replayed(queue, done));
    return 0;
  }

  private static String replayed(String queue, JsonNode done) {
    boolean dry = done.path("dryRun").asBoolean();
    String text =
        "%d %s from %s%n"
            .formatted(
                done.path(dry ? "matched" : "replayed").asInt(),
                dry ? "would be sent back" : "sent back",
                queue);
    JsonNode unknown = done.path("unknownOrigin");
    return unknown.isEmpty()
        ? text
        : text + "for these, name a queue with --to: %s%n".formatted(Table.text(unknown));
  }

  /** Which messages a replay sends, and where. */
  static final class Selection {
    @Option(names = "--filter", paramLabel = "EXPR", description = "JSONPath or header predicate.")
    private @Nullable String filter;

    @Option(names = "--max", paramLabel = "N", description = "Most messages to send.")
    private @Nullable Integer max;

    @Option(names = "--to", paramLabel = "QUEUE", description = "Where to, instead of back.")
    private @Nullable String to;

    @Option(names = "--dry-run", description = "Only say what would be sent.")
    private boolean dryRun;

    ObjectNode request() {
      ObjectNode request = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
      if (max != null) {
        request.put("max", max.intValue());
      }
      if (filter != null) {
        request.put("filter", filter);
      }
      if (to != null) {
        request.put("to", to);
      }
      return request;
    }
  }

  /** 90 as 1m30s, 7300 as 2h1m. */
  static String age(JsonNode seconds) {
    if (!seconds.isNumber()) {
      return "-";
    }
    Duration age = Duration.ofSeconds(seconds.asLong());
    if (age.toDays() > 0) {
      return "%dd%dh".formatted(age.toDays(), age.toHoursPart());
    }
    if (age.toHours() > 0) {
      return "%dh%dm".formatted(age.toHours(), age.toMinutesPart());
    }
    return age.toMinutes() > 0
        ? "%dm%ds".formatted(age.toMinutes(), age.toSecondsPart())
        : age.toSeconds() + "s";
  }
}
