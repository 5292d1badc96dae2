package dev.serai.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TailLineTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void a_message_is_one_line_with_its_payload_as_json() {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder()
            .messageId("m1")
            .contentType("application/json")
            .priority(3)
            .headers(Map.of("correlationid", "c1"))
            .build();

    assertThat(line(properties, "{\"a\":\n 1.10}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            "{\"time\":\"2026-01-01T12:00:00Z\",\"exchange\":\"e\",\"routing_key\":\"a.b\",\"id\":\"m1\","
                + "\"content_type\":\"application/json\",\"priority\":3,\"headers\":{\"correlationid\":\"c1\"},"
                + "\"payload\":{\"a\":1.10}}\n");
  }

  @Test
  void what_is_no_json_is_text_and_what_is_no_text_is_base64() {
    assertThat(line(new AMQP.BasicProperties(), "a\nb".getBytes(StandardCharsets.UTF_8)))
        .contains("\"payload\":\"a\\nb\"");
    assertThat(line(new AMQP.BasicProperties(), new byte[] {(byte) 0xff}))
        .contains("\"payload_base64\":\"/w==\"");
  }

  private static String line(AMQP.BasicProperties properties, byte[] body) {
    byte[] line =
        TailLine.of(new Delivery(new Envelope(1, false, "e", "a.b"), properties, body), NOON);
    return new String(line, StandardCharsets.UTF_8);
  }
}
