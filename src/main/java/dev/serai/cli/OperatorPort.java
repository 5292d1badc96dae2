package dev.serai.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the operator port of the running Serai is. */
final class OperatorPort {

  @Option(
      names = "--operator-url",
      paramLabel = "URL",
      description =
          "Operator port of the running Serai, as http://host:8081; also SERAI_OPERATOR_URL.")
  private @Nullable String url;

  @Option(
      names = "--operator-port",
      paramLabel = "N",
      description = "The same on this machine; also SERAI_OPERATOR_PORT (8081).")
  private @Nullable Integer port;

  @Option(
      names = "--operator-user",
      paramLabel = "NAME",
      defaultValue = "${env:SERAI_OPERATOR_USER:-operator}",
      description =
          "Its user (${DEFAULT-VALUE}); the password is taken from SERAI_OPERATOR_PASSWORD.")
  private String user = "";

  /** A client of it. */
  JsonClient client() {
    Map<String, String> environment = System.getenv();
    String password = environment.getOrDefault("SERAI_OPERATOR_PASSWORD", "");
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new JsonClient(
        Address.OPERATOR.of(url, port, environment),
        "--operator-port",
        password.isEmpty() ? "" : "Basic " + Base64.getEncoder().encodeToString(login));
  }
}
