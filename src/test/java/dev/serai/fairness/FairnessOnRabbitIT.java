package dev.serai.fairness;

import dev.serai.support.RabbitNode;
import dev.serai.support.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

@SuppressWarnings("NullAway.Init") // started before all tests
class FairnessOnRabbitIT extends FairnessContract {
  private RabbitNode node;

  @Override
  Map<String, String> surroundings() {
    node = RabbitNode.start();
    return Map.of("serai.broker.uri", node.uri(), "serai.db.url", TestPostgres.emptyDatabase());
  }

  @AfterAll
  @Override
  void stop() {
    super.stop();
    node.close();
  }
}
