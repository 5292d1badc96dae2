package dev.serai.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.support.SeraiApp;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use the operator port. */
class OperatorLoginIT {
  @TempDir Path data;

  @Test
  void without_a_password_it_is_open_to_this_machine_but_not_to_other_origins() throws Exception {
    try (SeraiApp serai = start(Map.of())) {
      assertThat(serai.operatorGet("/topology").statusCode()).isEqualTo(200);

      HttpResponse<String> fromPage =
          serai.send(
              request(serai, "/dlq/events.dlq/replay")
                  .header("Origin", "http://elsewhere.example")
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build());

      assertThat(fromPage.statusCode()).isEqualTo(403);
      assertThat(statusLine(serai, "elsewhere.example")).startsWith("HTTP/1.1 400");
      assertThat(statusLine(serai, "localhost")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void with_a_password_nobody_gets_in_without_it() throws Exception {
    try (SeraiApp serai =
        start(Map.of("serai.operator-user", "night", "serai.operator-password", "owl"))) {
      HttpResponse<String> refused = serai.operatorGet("/topology");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
      assertThat(refused.body()).contains("\"code\":\"login\"");
      assertThat(with(serai, "night:wrong").statusCode()).isEqualTo(401);
      assertThat(with(serai, "night:owl").statusCode()).isEqualTo(200);
      assertThat(serai.operatorGet("/actuator/health").statusCode()).isEqualTo(401);
      assertThat(serai.get("/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void what_nobody_answers_is_a_problem_too() throws Exception {
    try (SeraiApp serai = start(Map.of())) {
      HttpResponse<String> unknown = serai.operatorGet("/nothing");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("\"code\":\"not-found\"", "Nothing answers at /nothing.");
      HttpResponse<String> wrongMethod = serai.operatorPost("/topology", "{}");
      assertThat(wrongMethod.statusCode()).isEqualTo(405);
      assertThat(wrongMethod.body()).contains("\"code\":\"method-not-allowed\"");
      assertThat(serai.operatorGet("/dlq/events%2Edlq").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void another_address_than_loopback_needs_a_password() {
    assertThatThrownBy(() -> new OperatorLogin("0.0.0.0", "operator", ""))
        .hasMessage(
            "operator-without-password: serai.operator-bind is 0.0.0.0, which others can reach;"
                + " set SERAI_OPERATOR_PASSWORD, or bind it to 127.0.0.1");
    assertThatCode(() -> new OperatorLogin("0.0.0.0", "operator", "owl"))
        .doesNotThrowAnyException();
    assertThatCode(() -> new OperatorLogin("::1", "operator", "")).doesNotThrowAnyException();
  }

  private SeraiApp start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("serai.broker.mode", "embedded");
    all.put("serai.broker.embedded.durable", "false");
    return SeraiApp.start(data, all);
  }

  private static HttpResponse<String> with(SeraiApp serai, String login) throws Exception {
    String encoded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    return serai.send(
        request(serai, "/topology").header("Authorization", "Basic " + encoded).build());
  }

  private static HttpRequest.Builder request(SeraiApp serai, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serai.operatorPort() + path));
  }

  /** Of an answer to a request for another host name, as a name that leads here would make it. */
  private static String statusLine(SeraiApp serai, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", serai.operatorPort())) {
      String request = "GET /topology HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(host).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }
}
