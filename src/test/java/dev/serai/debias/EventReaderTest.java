package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.delivery.PoisonMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final String VIEW =
      """
      {"user_id":123,"product_id":456,"event_type":"view","user_session":"session-abc"}""";

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final EventReader reader = new EventReader(new ObjectMapper());

  @Test
  void reads_the_event_of_a_message_with_the_messages_id_and_timestamp() {
    Message message = message(VIEW);
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, "m1");
    message.setHeader(SpringRabbitMQConstants.TIMESTAMP, Date.from(TestEvents.START));

    assertThat(reader.read(message.getExchange()))
        .containsExactly(new UserEvent("m1", 123, 456, "view", "session-abc", TestEvents.START));
  }

  @Test
  void prefers_the_id_and_time_of_the_event_itself() {
    Message message =
        message(
            """
            {"user_id":1,"product_id":2,"event_type":"view",
             "event_id":"mine","event_time":"2026-02-03T04:05:06.7891Z"}""");
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, "m1");

    assertThat(reader.read(message.getExchange()))
        .containsExactly(
            new UserEvent("mine", 1, 2, "view", null, Instant.parse("2026-02-03T04:05:06.789Z")));
  }

  @Test
  void takes_the_time_from_an_id_that_holds_one() {
    Message message = message(VIEW);
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, "019b76da-a800-7000-8000-000000000000");
    message.setHeader(SpringRabbitMQConstants.TIMESTAMP, Date.from(Instant.EPOCH));

    assertThat(reader.read(message.getExchange()).get(0).time()).isEqualTo(TestEvents.START);
  }

  @Test
  void gives_an_event_without_any_id_a_new_one() {
    assertThat(reader.read(message(VIEW).getExchange()).get(0).eventId())
        .isNotEqualTo(reader.read(message(VIEW).getExchange()).get(0).eventId());
  }

  @Test
  void reads_a_batch_of_messages_each_with_its_own_id() {
    Message one = message(VIEW);
    one.setHeader(SpringRabbitMQConstants.MESSAGE_ID, "m1");
    Message two = message(VIEW);
    two.setHeader(SpringRabbitMQConstants.MESSAGE_ID, "m2");

    Exchange batch = message(List.of(one, two)).getExchange();

    assertThat(reader.read(batch)).extracting(UserEvent::eventId).containsExactly("m1", "m2");
    assertThat(List.<Object>copyOf(reader.parts(batch))).containsExactly(one, two);
  }

  @Test
  void takes_a_message_that_is_no_batch_as_its_only_part() {
    Message message = message(VIEW.getBytes(StandardCharsets.UTF_8));

    assertThat(List.<Object>copyOf(reader.parts(message.getExchange()))).containsExactly(message);
  }

  @Test
  void reads_a_list_of_objects() {
    Map<String, Object> event =
        Map.of("event_id", "e1", "user_id", 1, "product_id", 2L, "event_type", "cart");

    assertThat(reader.read(message(List.of(event)).getExchange()))
        .extracting(UserEvent::eventId, UserEvent::productId)
        .containsExactly(tuple("e1", 2L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "3", "\"text\"", "{", "{} {}", "not json"})
  void calls_a_body_that_is_no_object_poison(String body) {
    assertThatExceptionOfType(PoisonMessageException.class)
        .isThrownBy(() -> reader.read(message(body).getExchange()))
        .withMessage("bad-event: the body is not a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user_id | \"123\"",
        "user_id | 1.0",
        "user_id | null",
        "user_id | 9223372036854775808",
        "product_id | true",
        "product_id | []",
        "event_type | \"\"",
        "event_type | \" \"",
        "event_type | 5",
        "event_type | null",
        "event_type | \"a\\u0000\"",
        "user_session | {}",
        "event_id | 7"
      })
  void calls_an_event_with_a_wrong_field_poison_and_names_the_field(String field, String value) {
    String body = VIEW.substring(0, VIEW.length() - 1) + ",\"" + field + "\":" + value + "}";

    assertThatExceptionOfType(PoisonMessageException.class)
        .isThrownBy(() -> reader.read(message(body).getExchange()))
        .withMessageStartingWith("bad-event: #/" + field + " must be ");
  }

  private Message message(Object body) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody(body);
    return exchange.getMessage();
  }
}
