package dev.serai.packs.debias;

import java.util.Map;

class EventsOnEmbeddedIT extends EventsContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
