package dev.serai.publish;

import dev.serai.support.TestBrokers;
import java.util.Map;

class CloudEventsOnRabbitIT extends CloudEventsContract {
  @Override
  Map<String, String> broker() {
    return Map.of(
        "serai.broker.mode", "rabbitmq", "serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
