package dev.serai.console;

import dev.serai.support.RabbitNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class RouteConsoleOnRabbitIT extends RouteConsoleContract {
  private final RabbitNode node = RabbitNode.start();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", node.uri());
  }

  @AfterAll
  void stop_the_broker() {
    node.close();
  }
}
