package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.util.Map;
import org.apache.qpid.server.model.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DropHeadOnEmbeddedIT extends DropHeadContract {
  @RegisterExtension private static final EmbeddedPerClass BROKER = new EmbeddedPerClass(true);

  @Override
  ConnectionFactory client() {
    return BROKER.client();
  }

  @Test
  void a_queue_that_an_earlier_version_has_made_drops_too_once_it_is_declared() throws Exception {
    try (Connection connection = BROKER.client().newConnection();
        Channel channel = connection.createChannel()) {
      Map<String, Object> arguments = Map.of("x-max-length", 1);
      channel.queueDeclare("old", true, false, false, arguments);
      Queue<?> queue = new BrokerModel(BROKER.broker().virtualHost()).queue("old").orElseThrow();
      queue.setAttributes(Map.of("overflowPolicy", "REJECT"));

      channel.queueDeclare("old", true, false, false, arguments);

      channel.confirmSelect();
      channel.basicPublish("", "old", null, "1".getBytes());
      channel.basicPublish("", "old", null, "2".getBytes());
      assertThat(channel.waitForConfirms(10_000)).isTrue();
      assertThat(channel.basicGet("old", true).getBody()).isEqualTo("2".getBytes());
    }
  }
}
