package dev.serai.llm;

import java.util.Map;

class BudgetLineOnEmbeddedIT extends BudgetLineContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false");
  }
}
