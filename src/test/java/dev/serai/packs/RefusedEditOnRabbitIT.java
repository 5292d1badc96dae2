package dev.serai.packs;

import dev.serai.support.TestBrokers;
import java.util.Map;

class RefusedEditOnRabbitIT extends RefusedEditContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
