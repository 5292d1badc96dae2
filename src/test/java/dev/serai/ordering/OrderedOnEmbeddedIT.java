package dev.serai.ordering;

import dev.serai.broker.EmbeddedConnections;
import java.util.Map;

class OrderedOnEmbeddedIT extends OrderedContract {

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Override
  void disconnect() {
    EmbeddedConnections.cut(serai);
  }
}
