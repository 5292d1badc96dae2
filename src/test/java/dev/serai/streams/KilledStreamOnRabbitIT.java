package dev.serai.streams;

import dev.serai.support.RabbitPerTest;
import dev.serai.support.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class KilledStreamOnRabbitIT extends KilledStreamContract {
  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Override
  Map<String, String> surroundings() {
    return Map.of(
        "serai.broker.uri", rabbit.node().uri(), "serai.db.url", TestPostgres.emptyDatabase());
  }
}
