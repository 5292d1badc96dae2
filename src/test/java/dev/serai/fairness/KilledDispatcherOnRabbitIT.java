package dev.serai.fairness;

import dev.serai.support.RabbitPerTest;
import dev.serai.support.TestPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Here another process on the same broker and database goes on. */
class KilledDispatcherOnRabbitIT extends KilledDispatcherContract {
  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Override
  Map<String, String> surroundings() {
    return Map.of(
        "serai.broker.uri", rabbit.node().uri(), "serai.db.url", TestPostgres.emptyDatabase());
  }

  @Override
  Path successor(Path killed) {
    return killed.resolveSibling("second");
  }
}
