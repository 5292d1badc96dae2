package dev.serai.debate;

import java.util.Map;

/** Here the broker and the database are killed too. */
class KilledDebateOnEmbeddedIT extends KilledDebateContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
