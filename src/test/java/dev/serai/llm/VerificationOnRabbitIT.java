package dev.serai.llm;

import dev.serai.support.RabbitNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

@SuppressWarnings("NullAway.Init") // started before all tests
class VerificationOnRabbitIT extends VerificationContract {
  private RabbitNode node;

  @Override
  Map<String, String> broker() {
    node = RabbitNode.start();
    return Map.of("serai.broker.uri", node.uri());
  }

  @AfterAll
  @Override
  void stop() {
    super.stop();
    node.close();
  }
}
