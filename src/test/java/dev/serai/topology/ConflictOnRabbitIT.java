package dev.serai.topology;

import dev.serai.support.TestBrokers;
import java.util.Map;

class ConflictOnRabbitIT extends ConflictContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
