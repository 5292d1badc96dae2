package dev.serai.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.LongStringHelper;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class PartitionKeyTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();

  @Test
  void is_a_header() {
    LongString wired = LongStringHelper.asLongString("vk-1");

    assertThat(key("virtual-key").of(letter(Map.of("virtual-key", wired), "{}"))).contains("vk-1");
    assertThat(key("virtual-key").of(letter(Map.of("virtual-key", 17), "{}"))).contains("17");
    assertThat(key("virtual-key").of(letter(Map.of("virtual-key", "ä".getBytes(UTF_8)), "{}")))
        .contains("ä");
    assertThat(key("virtual-key").of(letter(Map.of("virtual-key", List.of("a")), "{}"))).isEmpty();
    assertThat(key("virtual-key").of(letter(Map.of("virtual-key", ""), "{}"))).isEmpty();
    assertThat(key("virtual-key").of(letter(Map.of(), "{}"))).isEmpty();
  }

  @Test
  void is_a_value_of_the_body() {
    assertThat(key("$.order.id").of(letter(Map.of(), "{\"order\":{\"id\":7}}"))).contains("7");
    assertThat(key("$.order.id").of(letter(Map.of(), "{\"order\":{\"id\":\"ä\"}}"))).contains("ä");
    assertThat(key("$.order.id").of(letter(Map.of(), "{\"order\":{\"id\":null}}"))).isEmpty();
    assertThat(key("$.order.id").of(letter(Map.of(), "{\"order\":{\"id\":[1]}}"))).isEmpty();
    assertThat(key("$.order.id").of(letter(Map.of(), "{}"))).isEmpty();
    assertThat(key("$.order.id").of(letter(Map.of(), "no JSON"))).isEmpty();
    assertThat(key("$.order.id").of(letter(Map.of(), ""))).isEmpty();
  }

  @Test
  void is_an_expression_that_a_publisher_cannot_steer() {
    Map<String, Object> headers = Map.of("shop", "north", "CamelFileName", "x");

    assertThat(
            key("${header.shop}/${header.CamelSpringRabbitmqRoutingKey}").of(letter(headers, "{}")))
        .contains("north/order.made");
    assertThat(key("${header.CamelFileName}").of(letter(headers, "{}"))).isEmpty();
  }

  @Test
  void is_none_where_the_expression_fails_on_a_message() {
    PartitionKey key = key("${jsonpath($.customer)}-north");

    assertThat(key.of(letter(Map.of(), "{\"customer\":7}"))).contains("7-north");
    assertThat(key.of(letter(Map.of(), "no JSON"))).isEmpty();
  }

  @Test
  void chooses_the_same_partition_for_ever() {
    assertThat(key("shop").partition(letter(Map.of("shop", "hello"), ""), 10))
        .isEqualTo((int) (0x248bfa47L % 10));
    assertThat(key("shop").partition(letter(Map.of("shop", "abc"), ""), 10))
        .as("the hash counts as a number without a sign")
        .isEqualTo((int) (0xb3dd93faL % 10));
  }

  @Test
  void goes_by_the_id_of_a_message_without_a_key() {
    assertThat(key("shop").partition(letter(Map.of(), ""), 10))
        .isEqualTo(Integer.remainderUnsigned(Murmur3.hash("m-1"), 10));
    AMQP.BasicProperties nothing = new AMQP.BasicProperties();
    assertThat(key("shop").partition(new Letter("orders", "x", nothing, new byte[0]), 10)).isZero();
  }

  private static PartitionKey key(String text) {
    return PartitionKey.of(text, () -> CAMEL);
  }

  private static Letter letter(Map<String, Object> headers, String body) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().messageId("m-1").headers(headers).build();
    return new Letter("orders", "order.made", properties, body.getBytes(UTF_8));
  }
}
