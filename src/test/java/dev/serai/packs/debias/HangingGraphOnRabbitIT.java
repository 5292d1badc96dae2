package dev.serai.packs.debias;

import dev.serai.support.TestBrokers;
import java.util.Map;

class HangingGraphOnRabbitIT extends HangingGraphContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
