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

  @Option(
      names = "--operator-user",
      paramLabel = "NAME",
      defaultValue = "${env:SERAI_OPERATOR_USER:-operator}",
      description =
          "Its user (${DEFAULT-VALUE}); the password is taken from SERAI_OPERATOR_PASSWORD.")
  private String user = "";

  /** A client of it. */
  JsonClient client() {
    String password = System.getenv().getOrDefault("SERAI_OPERATOR_PASSWORD", "");
    String login = password.isEmpty() ? "" : user + ":" + password;
    return new JsonClient("http://127.0.0.1:" + port, "--operator-port", login);
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
