package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParkedMessageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

  @Test
  void shows_what_a_policy_parked() {
    ParkedMessage message =
        read(
            "{\"user_id\":1}".getBytes(),
            Map.of(
                "serai-error", "503",
                "serai-error-type", "java.io.IOException",
                "serai-route", "debias-x",
                "serai-origin-queue", "work",
                "serai-attempt", 4,
                "serai-parked-at", "2026-11-21T03:59:00Z"));

    assertThat(message)
        .isEqualTo(
            new ParkedMessage(
                "id",
                Map.of("user_id", 1),
                "json",
                "503",
                "java.io.IOException",
                "debias-x",
                "work",
                4,
                0,
                60L,
                "2026-11-21T03:59:00Z",
                null));
  }

  @Test
  void shows_why_and_where_the_broker_dead_lettered_it() {
    Map<String, Object> latest =
        Map.of("queue", "work", "reason", "expired", "time", Date.from(NOW.minusSeconds(5)));
    Map<String, Object> earlier = Map.of("queue", "work.wait.5s", "reason", "expired");

    ParkedMessage message = read("1".getBytes(), Map.of("x-death", List.of(latest, earlier)));

    assertThat(message.reason()).isEqualTo("expired");
    assertThat(message.origin()).isEqualTo("work");
    assertThat(message.age()).isEqualTo(5);
    assertThat(message.route()).isNull();
  }

  @Test
  void knows_no_age_of_what_died_there_before_because_the_broker_keeps_the_first_time() {
    Map<String, Object> again =
        Map.of(
            "queue",
            "work",
            "reason",
            "expired",
            "count",
            2L,
            "time",
            Date.from(NOW.minusSeconds(86_400)));

    ParkedMessage message =
        read(
            "1".getBytes(),
            Map.of("x-death", List.of(again), "serai-parked-at", "2026-11-21T03:59:00Z"));

    assertThat(message.age()).isNull();
    assertThat(message.parkedAt()).isNull();
  }

  @Test
  void says_when_nothing_is_known() {
    ParkedMessage message = read("1".getBytes(), Map.of());

    assertThat(message.origin()).isNull();
    assertThat(message.note()).contains("\"to\"");
    assertThat(message.reason()).startsWith("dead-lettered by the broker");
  }

  @Test
  void takes_the_only_queue_that_dead_letters_here_for_the_origin() {
    GetResponse response = response("1".getBytes(), Map.of());

    assertThat(ParkedMessage.of(response, Optional.of("work"), NOW).origin()).isEqualTo("work");
  }

  @Test
  void shows_text_as_text_and_bytes_as_base64() {
    assertThat(read("plain { text".getBytes(), Map.of()).payload()).isEqualTo("plain { text");
    ParkedMessage bytes = read(new byte[] {(byte) 0xff, 0}, Map.of());
    assertThat(bytes.payload()).isEqualTo("/wA=");
    assertThat(bytes.encoding()).isEqualTo("base64");
    assertThat(bytes.json()).isNull();
  }

  @Test
  void a_message_without_an_id_gets_one_that_stays() {
    GetResponse message =
        new GetResponse(
            new Envelope(1, false, "", "dead"),
            new AMQP.BasicProperties.Builder().build(),
            "1".getBytes(),
            0);

    String id = ParkedMessage.of(message, Optional.empty(), NOW).id();

    assertThat(id).startsWith("body-");
    assertThat(ParkedMessage.of(message, Optional.empty(), NOW.plusSeconds(9)).id()).isEqualTo(id);
  }

  private static ParkedMessage read(byte[] body, Map<String, Object> headers) {
    return ParkedMessage.of(response(body, headers), Optional.empty(), NOW);
  }

  private static GetResponse response(byte[] body, Map<String, Object> headers) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().messageId("id").headers(headers).build();
    return new GetResponse(new Envelope(1, false, "", "dead"), properties, body, 0);
  }
}
