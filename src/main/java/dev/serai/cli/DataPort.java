package dev.serai.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data port of the running Serai is. */
final class DataPort {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Data port of the running Serai, as http://host:8080; also SERAI_URL.")
  private @Nullable String url;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The same on this machine; also SERAI_PORT (8080).")
  private @Nullable Integer port;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "Sent as Authorization: Bearer, for a gateway before it; better SERAI_TOKEN.")
  private @Nullable String token;

  /** A client of it. */
  JsonClient client() {
    Map<String, String> environment = System.getenv();
    String sent = token != null ? token : environment.getOrDefault("SERAI_TOKEN", "");
    return new JsonClient(
        Address.DATA.of(url, port, environment),
        "--port",
        sent.isBlank() ? "" : "Bearer " + sent.strip());
  }
}
