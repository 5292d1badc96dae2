package dev.serai.packs;

import dev.serai.support.TestBrokers;
import java.util.Map;

class RefusedEditOnRabbitIT extends RefusedEditContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }

  @Override
  int each() {
    return Boolean.getBoolean("serai.test.long") ? 1 : 10;
  }
}
