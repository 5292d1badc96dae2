package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.ClientScript;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a Serai has sent, verified by receivers in Node with the libraries that others wrote. */
@Timeout(120)
class ForeignReceiverIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BODY = "{\"type\":\"debate.finished\",\"data\":{\"name\":\"Zoë\"}}";

  @Test
  void verifies_with_the_secret_of_the_endpoint_and_while_it_is_replaced_with_either(
      @TempDir Path data) throws Exception {
    Map<String, String> settings =
        Map.of(
            "serai.broker.mode", "embedded",
            "serai.broker.embedded.durable", "false",
            "serai.packs", "helixagent",
            "serai.webhooks.egress-allow", "127.0.0.0/8");
    try (SeraiApp serai = SeraiApp.start(data, settings);
        ClientScript receiver = ClientScript.node("receiver.mjs")) {
      int port = receiver.next().path("port").asInt();
      JsonNode endpoint =
          post(serai, "/webhooks", "{\"url\":\"http://127.0.0.1:%d/hook\"}".formatted(port));
      String old = endpoint.path("secret").asText();
      verifies(serai, receiver, old);

      JsonNode rotated =
          post(serai, "/webhooks/" + endpoint.path("id").asText() + "/secret/rotate", "{}");

      assertThat(rotated.path("secret").asText()).startsWith("whsec_").isNotEqualTo(old);
      verifies(serai, receiver, old);
      verifies(serai, receiver, rotated.path("secret").asText());
    }
  }

  private static void verifies(SeraiApp serai, ClientScript receiver, String secret)
      throws Exception {
    receiver.tell(secret);
    assertThat(receiver.next().has("knows")).isTrue();

    String id = post(serai, "/publish/helixagent.notifications/any", BODY).path("id").asText();

    JsonNode received = receiver.next();
    assertThat(received.path("standardwebhooks").asText()).isEqualTo("verified");
    assertThat(received.path("svix").asText()).isEqualTo("verified");
    assertThat(received.path("id").asText()).isEqualTo(id);
    assertThat(received.path("body").asText()).isEqualTo(BODY);
  }

  private static JsonNode post(SeraiApp serai, String path, String json) throws Exception {
    HttpResponse<String> answer = serai.post(path, json);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    return JSON.readTree(answer.body());
  }
}
