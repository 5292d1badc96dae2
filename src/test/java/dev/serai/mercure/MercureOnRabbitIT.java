package dev.serai.mercure;

import dev.serai.support.TestBrokers;
import java.util.Map;

class MercureOnRabbitIT extends MercureContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
