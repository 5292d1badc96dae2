package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.ReceivedMessage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that came with routing key {@code key}, as message {@code amqp-1} of JSON. */
class IncomingEventsTest {
  private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";

  private final Map<String, Object> headers = new LinkedHashMap<>();

  @Test
  void the_type_is_that_of_the_cloud_event_in_binary_mode_whatever_the_body_says()
      throws Exception {
    headers.put("cloudEvents_type", "order.paid");
    headers.put("cloudEvents:source", "/shop a");
    headers.put("cloudEvents_id", "e-1");

    Incoming event = read("{\"type\":\"other\",\"id\":\"2\"}");

    assertThat(event.type()).isEqualTo("order.paid");
    assertThat(event.id()).isEqualTo("e-1");
    assertThat(event.headers())
        .containsEntry("ce-type", "order.paid")
        .containsEntry("ce-source", "/shop%20a")
        .containsEntry("content-type", "application/json")
        .hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({STRUCTURED, "APPLICATION/CLOUDEVENTS+JSON"})
  void in_structured_mode_type_and_id_are_those_in_the_body(String contentType) throws Exception {
    headers.put(Exchange.CONTENT_TYPE, contentType);

    Incoming event =
        read("{\"data\":{\"type\":\"no\",\"id\":\"no\"},\"id\":\"e-2\",\"type\":\"order.sent\"}");

    assertThat(event.type()).isEqualTo("order.sent");
    assertThat(event.id()).isEqualTo("e-2");
    assertThat(event.headers()).containsExactly(Map.entry("content-type", contentType));
  }

  @Test
  void of_any_other_json_the_type_counts_and_not_the_id() throws Exception {
    Incoming event = read("{\"id\":\"7\",\"list\":[{\"type\":\"no\"}],\"type\":\"user.left\"}");

    assertThat(event.type()).isEqualTo("user.left");
    assertThat(event.id()).isEqualTo("amqp-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":7}",
        "{\"type\":\"\"}",
        "{\"type\":null}",
        "{\"a\":{\"type\":\"no\"}}",
        "[{\"type\":\"no\"}]",
        "\"type\"",
        "{\"type\":\"cut",
        "no json",
        "''"
      })
  void else_it_is_the_routing_key(String body) throws Exception {
    assertThat(read(body).type()).isEqualTo("key");
  }

  @Test
  void an_id_that_cannot_be_sent_becomes_one_that_can_always_the_same() throws Exception {
    headers.put("cloudEvents_id", "a.b");
    Incoming event = read("{}");

    assertThat(event.id()).matches("evt_[A-Za-z0-9_-]{43}").isEqualTo(read("{}").id());
    headers.put("cloudEvents_id", "a.c");
    assertThat(read("{}").id()).isNotEqualTo(event.id());
  }

  @Test
  void another_body_type_or_source_makes_another_event_and_nothing_else_does() throws Exception {
    headers.put("cloudEvents_type", "a");
    headers.put("cloudEvents_source", "/s");
    String digest = read("{}").digest();

    headers.put("cloudEvents_time", "2026-03-01T12:00:00Z");
    assertThat(read("{}").digest()).isEqualTo(digest);
    assertThat(read("{ }").digest()).isNotEqualTo(digest);
    headers.put("cloudEvents_source", "/t");
    assertThat(read("{}").digest()).isNotEqualTo(digest);
    headers.put("cloudEvents_source", "/s");
    headers.put("cloudEvents_type", "b");
    assertThat(read("{}").digest()).isNotEqualTo(digest);
  }

  @Test
  void a_content_type_that_no_header_can_have_is_not_sent() throws Exception {
    headers.put(Exchange.CONTENT_TYPE, "text/plain\r\nx-a: b");

    assertThat(read("x").headers()).containsEntry("content-type", "application/octet-stream");
  }

  private Incoming read(String body) throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder()
            .messageId("amqp-1")
            .contentType("application/json")
            .build();
    byte[] bytes = body.getBytes(UTF_8);
    exchange.setProperty(
        ReceivedMessage.PROPERTY,
        new ReceivedMessage("queue", "exchange", "key", properties, bytes, Instant.EPOCH));
    Message message = exchange.getMessage();
    message.setHeaders(new LinkedHashMap<>(headers));
    message.setBody(bytes);
    return IncomingEvents.read(message);
  }
}
