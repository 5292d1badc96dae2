package dev.serai.tasks;

import java.util.Map;

/** Here the broker and the database are killed too. */
class KilledWorkerOnEmbeddedIT extends KilledWorkerContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
