package dev.serai.delivery;

import java.util.Map;

class PolicyRulesOnEmbeddedIT extends PolicyRules {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }
}
