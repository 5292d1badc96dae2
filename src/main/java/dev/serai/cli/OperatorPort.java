package dev.serai.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Where the operator port of the running Serai is. */
final class OperatorPort {

  @Option(
      names = "--operator-port",
      paramLabel = "N",
      defaultValue = "${env:SERAI_OPERATOR_PORT:-8081}",
      description = "Operator port of the running Serai (${DEFAULT-VALUE}).")
  private int port;

  /** A client of it. */
  JsonClient client() {
    return new JsonClient("http://127.0.0.1:" + port, "--operator-port");
  }

  /** A query of the parameters that have a value. */
  static String query(Map<String, Object> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(JsonClient.encoded(String.valueOf(value))));
    return query.toString();
  }
}
