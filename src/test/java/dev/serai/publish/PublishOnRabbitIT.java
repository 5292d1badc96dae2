package dev.serai.publish;

import dev.serai.support.TestBrokers;
import java.util.Map;

class PublishOnRabbitIT extends PublishContract {
  @Override
  Map<String, String> broker() {
    return Map.of(
        "serai.broker.mode", "rabbitmq", "serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
