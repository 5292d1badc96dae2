package dev.serai.fairness;

import java.nio.file.Path;
import java.util.Map;

/** Here the broker and the database are killed too; whoever goes on finds what they left. */
class KilledDispatcherOnEmbeddedIT extends KilledDispatcherContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Override
  Path successor(Path killed) {
    return killed;
  }
}
