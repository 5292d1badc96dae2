package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.ClientScript;
import dev.serai.support.EmbeddedSerai;
import dev.serai.support.StallingProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote for browsers, in Node. */
@Timeout(120)
class ForeignClientsIT {
  @RegisterExtension
  static final EmbeddedSerai serai = new EmbeddedSerai(Map.of("serai.packs", "helixagent"));

  private final String topic = "https://example.com/" + UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(strings = {"eventsource", "fetch-event-source"})
  void hear_each_update_once_and_in_order_though_they_are_cut_again_and_again(String client)
      throws Exception {
    List<String> heard = new ArrayList<>();
    try (StallingProxy proxy = new StallingProxy(serai.port());
        ClientScript script = ClientScript.node("follow.mjs", client, url(proxy.port()))) {
      assertThat(script.next().path("open").asInt()).isEqualTo(1);
      publish(new Update(List.of(topic), "0", false, null, null, 50L)); // milliseconds to come back
      heard.add(event(script).path("data").asText());

      for (int cut = 0; cut < 10; cut++) {
        publish(20 * cut + 1, 20 * cut + 10);
        heard.add(event(script).path("data").asText()); // and it is cut amid the others
        proxy.breakConnections();
        publish(20 * cut + 11, 20 * cut + 20);
      }
      while (heard.size() < 201) {
        heard.add(event(script).path("data").asText());
      }
    }

    assertThat(heard).isEqualTo(IntStream.rangeClosed(0, 200).mapToObj(String::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"eventsource", "fetch-event-source"})
  void understand_types_and_ids_and_data_of_several_lines(String client) throws Exception {
    try (ClientScript script =
        ClientScript.node("follow.mjs", client, url(serai.port()), "changed")) {
      script.next();

      publish(new Update(List.of(topic), "Zoë\r\n\n: x\rid: 7", false, "own/ü", "changed", null));

      JsonNode event = event(script);
      assertThat(event.path("data").asText()).isEqualTo("Zoë\n\n: x\nid: 7");
      assertThat(event.path("id").asText()).isEqualTo("own/ü");
      assertThat(event.path("type").asText()).isEqualTo("changed");
    }
  }

  private String url(int port) {
    return "http://127.0.0.1:%d/stream?topic=%s".formatted(port, topic);
  }

  /** The next event; that it has come back is no event. */
  private static JsonNode event(ClientScript script) throws InterruptedException {
    JsonNode said = script.next();
    while (said.has("open")) {
      said = script.next();
    }
    assertThat(said.has("data")).as(said.toString()).isTrue();
    return said;
  }

  private void publish(int first, int last) throws Exception {
    for (int i = first; i <= last; i++) {
      publish(Update.of(topic, String.valueOf(i)));
    }
  }

  private static void publish(Update update) throws Exception {
    serai.bean(Hub.class).publish(Channel.SSE, update, null).get(20, TimeUnit.SECONDS);
  }
}
