package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueArgumentsTest {

  @Test
  void rejects_are_dead_lettered_whatever_else_is_asked() {
    assertThat(translate(Map.of())).containsEntry("maximumDeliveryAttempts", 1);
    assertThat(translate(Map.of("x-delivery-limit", 5)))
        .containsEntry("maximumDeliveryAttempts", 1);
  }

  @Test
  void expired_messages_go_to_the_alternate() {
    assertThat(translate(Map.of("x-message-ttl", 5000)))
        .containsEntry("maximumMessageTtl", 5000L)
        .containsEntry("expiryPolicy", "ROUTE_TO_ALTERNATE");
  }

  @Test
  void limits_are_of_messages_and_of_bytes() {
    assertThat(translate(Map.of("x-max-length", 3)))
        .containsEntry("maximumQueueDepthMessages", 3L)
        .containsEntry("overflowPolicy", "RING");
    assertThat(translate(Map.of("x-max-length-bytes", 4096L, "x-overflow", "drop-head")))
        .containsEntry("maximumQueueDepthBytes", 4096L)
        .containsEntry("overflowPolicy", "RING");
  }

  @ParameterizedTest
  @CsvSource({
    "x-overflow,             reject-publish",
    "x-dead-letter-exchange, dlx",
    "x-max-priority,         10"
  })
  void limits_refuse_instead_of_deleting_what_rabbitmq_would_not_delete(String name, String value) {
    Object argument = name.endsWith("priority") ? (Object) Integer.valueOf(value) : value;

    assertThat(translate(Map.of("x-max-length", 3, name, argument)))
        .containsEntry("overflowPolicy", "REJECT");
  }

  @ParameterizedTest
  @CsvSource({"1,10", "9,10", "10,12", "255,502"})
  void priorities_get_enough_levels_to_stay_apart(int highest, int levels) {
    assertThat(translate(Map.of("x-max-priority", highest))).containsEntry("priorities", levels);
  }

  @Test
  void the_declaration_is_remembered_with_the_queue() {
    QueueDeclaration declaration =
        new QueueDeclaration(true, false, false, Map.of("x-message-ttl", 5000, "x-overflow", "x"));

    assertThat(QueueDeclaration.ofJson(declaration.toJson())).contains(declaration);
    assertThat(QueueDeclaration.ofJson("made by hand")).isEmpty();
    assertThat(QueueDeclaration.ofJson(null)).isEmpty();
  }

  @Test
  void numbers_of_another_size_are_no_conflict() {
    QueueDeclaration asInt = new QueueDeclaration(true, false, false, Map.of("x-max-length", 5));
    QueueDeclaration asLong = new QueueDeclaration(true, false, false, Map.of("x-max-length", 5L));

    assertThat(asInt.conflict("q", asLong)).isEmpty();
  }

  private static Map<String, Object> translate(Map<String, Object> arguments) {
    return QueueArguments.translate("q", new QueueDeclaration(true, false, false, arguments));
  }
}
