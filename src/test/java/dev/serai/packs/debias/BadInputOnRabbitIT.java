package dev.serai.packs.debias;

import dev.serai.support.TestBrokers;
import java.util.Map;

class BadInputOnRabbitIT extends BadInputContract {
  @Override
  Map<String, String> broker() {
    return Map.of(
        "serai.broker.mode", "rabbitmq", "serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
