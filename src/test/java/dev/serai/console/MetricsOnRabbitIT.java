package dev.serai.console;

import dev.serai.support.TestBrokers;
import java.util.Map;

class MetricsOnRabbitIT extends MetricsContract {
  @Override
  Map<String, String> broker() {
    return Map.of(
        "serai.broker.mode", "rabbitmq", "serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
