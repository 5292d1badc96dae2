package dev.serai.llm;

import dev.serai.support.RabbitPerClass;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class BudgetLineOnRabbitIT extends BudgetLineContract {
  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", rabbit.uri());
  }
}
