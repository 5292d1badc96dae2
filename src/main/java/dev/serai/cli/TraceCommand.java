package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what led to what. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Draws which events led to which, and what happened to each: retries, parking, replays, webhooks.",
      "An event with several parents stands below the first of them."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai trace 019aa-2", "  ./serai trace 019aa-2 --part ancestors --json"})
@SuppressWarnings("NullAway.Init") // set by picocli
final class TraceCommand implements Callable<Integer> {
  @Mixin private DataPort data;
  @Mixin private Output output;

  @Parameters(paramLabel = "ID", description = "Of an event, or a correlation id.")
  private String id;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "ancestors or descendants of the event; all when left out.")
  private @Nullable String part;

  @Override
  public Integer call() {
    Query path = new Query("/trace/" + JsonClient.encoded(id)).with("part", part);
    JsonNode trace = data.client().get(path.toString());
    output.print(trace, answer -> new TraceDrawing(answer).text());
    return 0;
  }
}
