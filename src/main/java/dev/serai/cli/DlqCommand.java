package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What failed for good: listed, looked at, sent back. */
@Command(
    name = "dlq",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    description = "Dead letters: list, show, replay.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DlqCommand {
  private static final int PAYLOAD = 60; // characters of a payload in a table
  private static final int ORIGINS = 50;
  private static final int REASON = 50;

  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The parking queues and how many messages are in each.")
  int list(@Mixin OperatorPort operator) {
    JsonNode queues = operator.client().get("/dlq").path("items");
    print(
        new Table()
            .column("QUEUE", "queue")
            .column("MESSAGES", "messages")
            .column("FROM", ORIGINS, row -> Table.text(row.path("origins")))
            .render(queues));
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
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
      @Option(names = "--json", description = "With the whole payloads, as JSON.") boolean json) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    put(parameters, "limit", limit);
    put(parameters, "filter", filter);
    JsonNode shown =
        operator.client().get("/dlq/" + JsonClient.encoded(queue) + OperatorPort.query(parameters));
    if (json) {
      print(shown.toPrettyString() + System.lineSeparator());
      return 0;
    }
    print(
        new Table()
            .column("ID", "id")
            .column("AGE", 8, row -> age(row.path("age")))
            .column("ATTEMPTS", "attempts")
            .column("FROM", "origin")
            .column("ROUTE", "route")
            .column("REASON", REASON, row -> Table.text(row.path("reason")))
            .column("PAYLOAD", PAYLOAD, row -> Table.text(row.path("payload")))
            .render(shown.path("items")));
    long inQueue = shown.path("messages").asLong();
    print("%d of %d in %s%n".formatted(shown.path("items").size(), inQueue, queue));
    return 0;
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = "Sends messages back to where they came from.")
  int replay(
      @Mixin OperatorPort operator,
      @Parameters(paramLabel = "QUEUE", description = "As ./serai dlq list names it.") String queue,
      @Mixin Selection selection) {
    JsonNode done =
        operator
            .client()
            .post("/dlq/" + JsonClient.encoded(queue) + "/replay", selection.request());
    boolean dry = done.path("dryRun").asBoolean();
    print(
        "%d %s from %s%n"
            .formatted(
                done.path(dry ? "matched" : "replayed").asInt(),
                dry ? "would be sent back" : "sent back",
                queue));
    JsonNode unknown = done.path("unknownOrigin");
    if (!unknown.isEmpty()) {
      print("for these, name a queue with --to: %s%n".formatted(Table.text(unknown)));
    }
    return 0;
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

  private static void put(Map<String, Object> target, String name, @Nullable Object value) {
    if (value != null) {
      target.put(name, value);
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

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
