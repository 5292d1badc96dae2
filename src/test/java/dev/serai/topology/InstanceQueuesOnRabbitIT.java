package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.serai.support.TestBrokers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class InstanceQueuesOnRabbitIT {
  private final String name = "locked-" + UUID.randomUUID();

  @Test
  void is_declared_as_soon_as_the_broker_lets_go_of_the_old_one() throws Exception {
    String yaml = "queues:\n  %s: {per-instance: true}\n".formatted(name);
    Topologies files =
        new LoadedTopologies(
            new TreeMap<>(Map.of("topology.yaml", yaml.getBytes(StandardCharsets.UTF_8))),
            new MockEnvironment());
    CachingConnectionFactory connections =
        new CachingConnectionFactory(TestBrokers.rabbitmq().client());
    InstanceQueues queues =
        new InstanceQueues(
            files,
            connections,
            new StaticListableBeanFactory().getBeanProvider(NewInstanceQueue.class));
    try (Connection old = TestBrokers.rabbitmq().client().newConnection()) {
      old.createChannel().queueDeclare(queues.onBroker(name), false, true, false, Map.of());
      queues.declareOn(Objects.requireNonNull(connections.createConnection().getDelegate()));
      assertThat(queues.refused().values())
          .singleElement()
          .asString()
          .contains("the broker still holds");
    }

    await().until(() -> queues.refused().isEmpty());

    queues.destroy();
    connections.destroy();
  }
}
