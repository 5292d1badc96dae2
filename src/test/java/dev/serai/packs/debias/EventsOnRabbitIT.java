package dev.serai.packs.debias;

import dev.serai.support.TestBrokers;
import java.util.Map;

class EventsOnRabbitIT extends EventsContract {
  @Override
  Map<String, String> broker() {
    return Map.of(
        "serai.broker.mode", "rabbitmq", "serai.broker.uri", TestBrokers.rabbitmq().uri());
  }
}
