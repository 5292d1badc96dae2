package dev.serai.packs;

import dev.serai.support.TestBrokers;
import java.util.Map;

class ReloadUnderLoadOnRabbitIT extends ReloadUnderLoadContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
