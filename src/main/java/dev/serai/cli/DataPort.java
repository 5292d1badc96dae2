package dev.serai.cli;

import picocli.CommandLine.Option;

/** Where the data port of the running Serai is. */
final class DataPort {

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:SERAI_PORT:-8080}",
      description = "Data port of the running Serai (${DEFAULT-VALUE}).")
  private int port;

  /** A client of it. */
  JsonClient client() {
    return new JsonClient("http://127.0.0.1:" + port, "--port", "");
  }
}
