package dev.serai.fairness;

import java.util.Map;

class FairnessOnEmbeddedIT extends FairnessContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
