package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class OutgoingPropertiesTest {

  @Test
  void what_is_sent_on_carries_all_but_its_user_and_its_expiration() {
    AMQP.BasicProperties came =
        new AMQP.BasicProperties.Builder()
            .messageId("m")
            .userId("alice") // RabbitMQ would refuse it of us
            .expiration("1000")
            .headers(Map.of("a", 1))
            .build();
    ReceivedMessage received = new ReceivedMessage("q", "x", "k", came, new byte[0], Instant.EPOCH);
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader("serai-attempt", 2);
    exchange.getMessage().setHeader("b", 3);

    AMQP.BasicProperties sent = OutgoingProperties.again(received, exchange.getMessage());

    assertThat(sent.getMessageId()).isEqualTo("m");
    assertThat(sent.getUserId()).isNull();
    assertThat(sent.getExpiration()).isNull();
    assertThat(sent.getHeaders()).isEqualTo(Map.of("a", 1, "serai-attempt", 2));
  }
}
