package dev.serai.bloodbank;

import static dev.serai.bloodbank.Bus.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** The event bus of the seed, on any broker: whom it brings events to, and its history. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class BloodbankContract implements CausedEventsContract {
  private Bus bus;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path folder) {
    bus = new Bus(folder, broker());
  }

  @AfterAll
  void stop() {
    bus.close();
  }

  @Override
  public Bus bus() {
    return bus;
  }

  @ParameterizedTest
  @CsvSource({
    "transcription.voice.completed, transcription.voice.completed",
    "transcription.voice.*, transcription.voice.completed transcription.voice.failed",
    "transcription.*.*, transcription.voice.completed transcription.voice.failed"
        + " transcription.text.ready",
    "#, transcription.voice.completed transcription.voice.failed transcription.text.ready"
        + " fireflies.transcript.ready artifact.created"
  })
  void a_consumer_of_the_seed_gets_what_its_pattern_matches(String pattern, String expected)
      throws Exception {
    String queue = "my_service_queue-" + UUID.randomUUID();
    bus.bind(queue, pattern);

    for (String key :
        List.of(
            "transcription.voice.completed",
            "transcription.voice.failed",
            "transcription.text.ready",
            "fireflies.transcript.ready",
            "artifact.created")) {
      bus.publish(key, "{\"payload\":{}}");
    }

    RabbitTemplate consumer = bus.foreign();
    List<String> types = new ArrayList<>();
    for (Message message = consumer.receive(queue);
        message != null;
        message = consumer.receive(queue)) {
      JsonNode body = new ObjectMapper().readTree(message.getBody());
      types.add(body.path("event_type").asText());
    }
    bus.admin().deleteQueue(queue);
    assertThat(types).containsExactly(expected.split(" "));
  }

  @Test
  void every_event_is_in_the_history_once_whoever_has_published_it() throws Exception {
    String group = "g-" + UUID.randomUUID();
    String ours =
        bus.publish("agent.thread.prompt", "{\"payload\":{\"n\":1}}", "correlationid", group);
    String body =
        "{\"event_id\":\"%s-2\",\"event_type\":\"agent.thread.prompt\",\"payload\":{}}"
            .formatted(group);
    for (int i = 0; i < 2; i++) { // sent twice, as after a lost confirm
      bus.foreign()
          .send(
              Bus.EXCHANGE,
              "agent.thread.prompt",
              MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8))
                  .setContentType("application/json")
                  .setCorrelationId(group)
                  .build());
    }
    String last = bus.publish("agent.thread.ended", "{\"payload\":{}}", "correlationid", group);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ids("correlation=" + group)).contains(last));
    assertThat(ids("correlation=" + group)).containsExactly(ours, group + "-2", last);
    assertThat(ids("since=1h&key=" + Bus.encoded("agent.*.ended")))
        .contains(last)
        .doesNotContain(ours);
    assertThat(ids("since=1h&key=agent.thread.ended")).contains(last).doesNotContain(ours);
    assertThat(ids("until=1h&correlation=" + group)).isEmpty();
    JsonNode page = json(bus.get("/bloodbank/events?limit=2&correlation=" + group));
    assertThat(page.path("items")).hasSize(2);
    assertThat(page.path("items").get(0).path("event").path("payload").path("n").asInt())
        .isEqualTo(1);
    assertThat(ids("correlation=" + group + "&after=" + page.path("next").asText()))
        .containsExactly(last);
  }

  @Test
  void is_healthy_while_the_event_of_the_seed_can_be_published() throws Exception {
    HttpResponse<String> answer = bus.get("/bloodbank/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"healthy\"}");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ids("key=health.check&since=1m")).isNotEmpty());
  }

  private List<String> ids(String query) throws Exception {
    HttpResponse<String> answer = bus.get("/bloodbank/events?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Bus.texts(json(answer).path("items"), "event_id");
  }
}
