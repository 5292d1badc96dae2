package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.topology.KeyPattern;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "consume",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what is published from now on, without taking it from anybody; Ctrl-C ends it.",
      "In a pattern * stands for one word and # for any number of words."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./serai consume 'transcription.voice.*'",
      "  ./serai consume '#' --exchange conduit-events --json --count 10"
    })
@SuppressWarnings("NullAway.Init") // set by picocli
final class ConsumeCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SILENCE = 20_000; // ms; a sign of life comes every second

  @Mixin private OperatorPort operator;
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "PATTERN", description = "Of routing keys, as transcription.voice.*.")
  private String pattern;

  @Option(
      names = "--exchange",
      paramLabel = "NAME",
      defaultValue = PublishCommand.EXCHANGE,
      description = "Exchange (${DEFAULT-VALUE}).")
  private String exchange;

  @Option(names = "--count", paramLabel = "N", description = "End after so many messages.")
  private @Nullable Integer count;

  @Option(
      names = "--json",
      description = "Print JSON, for tools: one message on each line, or {left_out: N}.")
  private boolean json;

  private int shown;
  private boolean ended;

  @Override
  public Integer call() {
    KeyPattern.problem(pattern)
        .ifPresent(
            wrong -> {
              throw new BadUsageException("\"%s\" is no pattern: %s".formatted(pattern, wrong));
            });
    if (count != null && count < 1) {
      throw new BadUsageException("--count takes a number from 1, not " + count);
    }
    Query path = new Query("/consume").with("exchange", exchange).with("pattern", pattern);
    PrintWriter out = command.commandLine().getOut();
    operator.client().follow(path.toString(), SILENCE, line -> !isLast(line, out));
    if (!ended) {
      throw new NoSeraiException("Serai has ended it: it stops, or has lost its broker");
    }
    return 0;
  }

  /** Shows what a line says. */
  private boolean isLast(String line, PrintWriter out) {
    if (line.isEmpty()) { // a sign of life
      ended = out.checkError(); // nobody reads it
      return ended;
    }
    JsonNode message = message(line);
    if (message.has("left_out")) {
      command
          .commandLine()
          .getErr()
          .printf("serai: %s messages left out, too many at once%n", message.path("left_out"));
      if (json) {
        out.println(line);
      }
      return false;
    }
    out.println(json ? line : text(message));
    shown++;
    ended = out.checkError() || (count != null && shown >= count);
    return ended;
  }

  private static String text(JsonNode message) {
    String time = message.path("time").asText();
    return Terminal.faint(time.substring(Math.min(11, time.length())))
        + "  "
        + Terminal.bold(message.path("routing_key").asText())
        + "  "
        + Terminal.faint(message.path("id").asText("-"))
        + "  "
        + Terminal.clean(
            message.path("payload").isTextual()
                ? message.path("payload").asText()
                : message.path("payload").toString());
  }

  private static JsonNode message(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new NoSeraiException("what answers is no Serai; name the right port", e);
    }
  }
}
