package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingMessageTest {

  @Test
  void what_the_broker_may_have_already_says_so_when_it_is_sent_again() {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().messageId("m").headers(Map.of("key", "a")).build();
    PendingMessage message =
        new PendingMessage(new OutgoingMessage("events", "key", properties, new byte[] {1}));
    assertThat(message.message().properties().getHeaders()).doesNotContainKey("serai-again");

    message.suspect();

    assertThat(message.message().properties().getHeaders())
        .isEqualTo(Map.of("key", "a", "serai-again", true));
    assertThat(message.matches("events", "key", "m")).isTrue();
    assertThat(message.message().body()).containsExactly(1);
  }
}
