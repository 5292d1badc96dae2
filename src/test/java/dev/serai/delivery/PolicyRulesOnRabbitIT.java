package dev.serai.delivery;

import dev.serai.support.TestBrokers;
import java.util.Map;

class PolicyRulesOnRabbitIT extends PolicyRules {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
