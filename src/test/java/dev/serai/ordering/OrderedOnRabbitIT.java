package dev.serai.ordering;

import dev.serai.support.StallingProxy;
import dev.serai.support.TestBrokers;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

@SuppressWarnings("NullAway.Init") // made before all tests
class OrderedOnRabbitIT extends OrderedContract {
  private final String uri = TestBrokers.rabbitmq().uri();
  private StallingProxy proxy;

  @Override
  Map<String, String> broker() throws IOException {
    proxy = new StallingProxy(URI.create(uri).getPort());
    return Map.of("serai.broker.uri", uri.replaceFirst(":\\d+$", ":" + proxy.port()));
  }

  @Override
  void disconnect() {
    proxy.breakConnections();
  }

  @AfterAll
  @Override
  void stop() throws IOException {
    RabbitAdmin admin = orders.serai().bean(RabbitAdmin.class);
    orders.serai().bean(dev.serai.topology.Topologies.class).queues().keySet().stream()
        .filter(queue -> queue.startsWith(orders.name()))
        .forEach(admin::deleteQueue);
    for (String exchange : new String[] {"", ".placed.partitions", ".placed.intake"}) {
      admin.deleteExchange(orders.name() + exchange);
    }
    super.stop();
    proxy.close();
  }
}
