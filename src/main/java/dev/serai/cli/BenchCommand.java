package dev.serai.cli;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Load on a running Serai. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai bench debias --events 10000 --connections 32"},
    subcommands = BenchCommand.Debias.class,
    description = "Load on a running Serai, with the rate and latencies it reached.")
final class BenchCommand {

  /** The load test of the DEBIAS seed; 1 when an event was refused. */
  @Command(
      name = "debias",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  ./serai bench debias --events 10000 --connections 32"},
      description = "Posts user events; each connection sends its next one after the last answer.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  static final class Debias implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Output output;

    @Option(
        names = "--events",
        paramLabel = "N",
        defaultValue = "1000",
        description = "Events to send (${DEFAULT-VALUE}).")
    private int events;

    @Option(
        names = "--connections",
        paramLabel = "N",
        defaultValue = "64",
        description = "Connections at once (${DEFAULT-VALUE}).")
    private int connections;

    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "Where to, instead of /events of the Serai on this machine.")
    private @Nullable URI url;

    @Option(
        names = "--port",
        paramLabel = "N",
        defaultValue = "${env:SERAI_PORT:-8080}",
        description = "Data port of the running Serai (${DEFAULT-VALUE}).")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
      if (events < 1 || connections < 1) {
        throw new ParameterException(
            spec.commandLine(), "--events and --connections take numbers from 1");
      }
      URI target = url != null ? url : URI.create("http://127.0.0.1:" + port + "/events");
      checkThere(target);
      LoadResult result = new Load(target, connections, events).run();
      output.print(
          result.figures(),
          figures ->
              "%d events to %s over %d connections%n".formatted(events, target, connections)
                  + result.text());
      return result.failures().isEmpty() ? 0 : 1;
    }

    private static void checkThere(URI target) {
      try {
        new PostConnection(target).close();
      } catch (IOException e) {
        throw new CliException(
            "nothing answers on %s:%d; start Serai with ./serai run, or name its port with --port"
                .formatted(target.getHost(), target.getPort()),
            e);
      }
    }
  }
}
