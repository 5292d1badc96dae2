package dev.serai.packs.debias;

import dev.serai.support.RabbitNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class WholeWayOnRabbitIT extends WholeWayContract {
  private RabbitNode node;

  @BeforeEach
  void start_a_broker_with_empty_queues() {
    node = RabbitNode.start();
  }

  @AfterEach
  void stop_the_broker() {
    node.close();
  }

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "rabbitmq", "serai.broker.uri", node.uri());
  }
}
