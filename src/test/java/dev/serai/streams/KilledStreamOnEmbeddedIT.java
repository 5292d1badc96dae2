package dev.serai.streams;

import java.util.Map;

/** Here the broker and the database are killed too. */
class KilledStreamOnEmbeddedIT extends KilledStreamContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
