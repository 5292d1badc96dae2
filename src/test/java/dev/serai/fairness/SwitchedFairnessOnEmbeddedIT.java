package dev.serai.fairness;

import java.util.Map;

class SwitchedFairnessOnEmbeddedIT extends SwitchedFairnessContract {
  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
