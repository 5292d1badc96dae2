package dev.serai.cli;

import dev.serai.topology.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a JSON file as the payload of an event, and prints its id when the broker has it.",
      "The event is {event_id, event_type, timestamp, source, payload, parent_event_ids}."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./serai publish transcription.voice.completed --payload-file event.json",
      "  ./serai publish fireflies.transcript.ready --payload-file event.json --correlation-id ID",
      "  echo '{\"n\": 1}' | ./serai publish artifact.created --payload-file - --json",
      "  ./serai publish virtual-key.updated --exchange conduit-events --payload-file key.json --no-envelope"
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class PublishCommand implements Callable<Integer> {
  /** Where events go that say nothing else. */
  static final String EXCHANGE = "bloodbank.events.v1";

  @Mixin private DataPort data;
  @Mixin private Output output;
  @Mixin private Ancestry ancestry;

  @Parameters(paramLabel = "KEY", description = "Routing key, as transcription.voice.completed.")
  private String key;

  @Option(
      names = "--payload-file",
      paramLabel = "FILE",
      required = true,
      description = "JSON; - reads it from the standard input.")
  private String file;

  @Option(
      names = "--exchange",
      paramLabel = "NAME",
      defaultValue = EXCHANGE,
      description = "Exchange (${DEFAULT-VALUE}).")
  private String exchange;

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "0 to 10; 10 is delivered first by a queue that has priorities.")
  private @Nullable Integer priority;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "A header of the message; may be repeated.")
  private Map<String, String> headers = Map.of();

  @Option(
      names = "--no-envelope",
      description = "The file is the whole body, as subscribers of other exchanges want it.")
  private boolean bare;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "serai-cli",
      description = "Who says it (${DEFAULT-VALUE}).")
  private String source;

  /** Which events an event comes from. */
  static final class Ancestry {
    @Option(
        names = "--correlation-id",
        paramLabel = "ID",
        description = "Of the chain of events; also the parent when no --parent is given.")
    private @Nullable String correlation;

    @Option(
        names = "--parent",
        paramLabel = "ID",
        description = "Event that this one comes from; may be repeated.")
    private List<String> parents = new ArrayList<>();

    /** Those of the event. */
    List<String> parents() {
      for (String id : parents) {
        checked("--parent", id);
      }
      if (correlation != null) {
        checked("--correlation-id", correlation);
      }
      return parents.isEmpty() && correlation != null ? List.of(correlation) : parents;
    }

    private static void checked(String option, String id) {
      if (!id.matches("[!-~&&[^,]]{1,255}")) {
        throw new BadUsageException(
            option + " takes the id of an event: 1 to 255 printable characters, no comma or blank");
      }
    }
  }

  @Override
  public Integer call() {
    check();
    Map<String, String> sent = MessageHeaders.of(headers);
    Envelope envelope = new Envelope(key, source, ancestry.parents());
    String payload = PayloadFile.read(file);
    sent.putAll(envelope.headers());
    String chain = ancestry.correlation;
    if (chain == null && ancestry.parents().isEmpty()) {
      chain = envelope.id(); // it begins one
    }
    if (chain != null) {
      sent.put("correlationid", chain);
    }
    output.print(
        data.client().post(path(), sent, bare ? payload : envelope.around(payload)),
        published -> published.path("id").asText() + System.lineSeparator());
    return 0;
  }

  private void check() {
    KeyPattern.problemOfKey(key)
        .ifPresent(
            wrong -> {
              throw new BadUsageException("\"%s\" is no routing key: %s".formatted(key, wrong));
            });
    if (priority != null && (priority < 0 || priority > 10)) {
      throw new BadUsageException("--priority takes a number from 0 to 10, not " + priority);
    }
    if (!source.matches("[!-~]{1,255}")) {
      throw new BadUsageException("--source takes 1 to 255 printable characters without blanks");
    }
  }

  private String path() {
    String path = "/publish/%s/%s".formatted(JsonClient.encoded(exchange), JsonClient.encoded(key));
    return new Query(path).with("priority", priority).toString();
  }
}
