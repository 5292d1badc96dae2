package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.ClientScript;
import dev.serai.support.EmbeddedSerai;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client {@code ws}, in Node. */
@Timeout(120)
class ForeignSocketIT {
  @RegisterExtension
  static final EmbeddedSerai serai = new EmbeddedSerai(Map.of("serai.packs", "helixagent"));

  private final String topic = UUID.randomUUID().toString();

  @Test
  void hears_its_topics_and_those_that_it_asks_for_later() throws Exception {
    try (ClientScript client = open("?topic=" + topic)) {
      publish(topic, "Zoë\n1");
      JsonNode first = client.next();
      client.tell("{\"type\":\"subscribe\",\"topics\":[\"%s/later\"]}".formatted(topic));
      assertThat(client.next().path("type").asText()).isEqualTo("subscribed");
      publish(topic + "/later", "2");
      JsonNode second = client.next();
      client.tell("{\"type\":\"ping\"}");

      assertThat(first.path("data").asText()).isEqualTo("Zoë\n1");
      assertThat(first.path("topic").asText()).isEqualTo(topic);
      assertThat(second.path("data").asText()).isEqualTo("2");
      assertThat(client.next().path("type").asText()).isEqualTo("pong");
    }
  }

  @Test
  void comes_back_without_a_gap() throws Exception {
    String last;
    try (ClientScript client = open("?topic=" + topic)) {
      publish(topic, "1");
      last = client.next().path("id").asText();
    }
    publish(topic, "2");
    publish(topic, "3");

    try (ClientScript client = open("?topic=%s&lastEventID=%s".formatted(topic, last))) {
      assertThat(client.next().path("data").asText()).isEqualTo("2");
      assertThat(client.next().path("data").asText()).isEqualTo("3");
      publish(topic, "4");
      assertThat(client.next().path("data").asText()).isEqualTo("4");
    }
  }

  private static ClientScript open(String query) throws Exception {
    ClientScript client =
        ClientScript.node("ws.mjs", "ws://127.0.0.1:%d/ws%s".formatted(serai.port(), query));
    JsonNode said = client.next();
    assertThat(said.has("open")).as(said.toString()).isTrue();
    return client;
  }

  private static void publish(String topic, String data) throws Exception {
    serai
        .bean(Hub.class)
        .publish(Channel.WEBSOCKET, Update.of(topic, data), null)
        .get(20, TimeUnit.SECONDS);
  }
}
