package dev.serai.broker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.TestBrokers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublisherOnRabbitIT extends PublisherContract {

  @Override
  ConnectionFactory client(int port) {
    ConnectionFactory client = TestBrokers.rabbitmq().client();
    if (port != 0) {
      client.setPort(port);
    }
    return client;
  }

  /** Here to an exchange that nobody may publish to; the embedded broker has none such. */
  @Test
  void a_message_over_which_the_broker_closes_the_channel_fails_alone() throws Exception {
    channel.exchangeDeclare("publisher.internal", "fanout", true, false, true, Map.of());
    List<CompletableFuture<Void>> neighbours = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      neighbours.add(publish("", queue));
    }
    CompletableFuture<Void> refused = publish("publisher.internal", "key");
    for (int i = 0; i < 20; i++) {
      neighbours.add(publish("", queue));
    }

    assertFails(refused, MessageNackedException.class);
    assertThatThrownBy(refused::join).hasMessageContaining("ACCESS_REFUSED");
    CompletableFuture.allOf(neighbours.toArray(CompletableFuture[]::new)).get(10, SECONDS);
    assertThat(channel.messageCount(queue)).isGreaterThanOrEqualTo(40);
  }
}
