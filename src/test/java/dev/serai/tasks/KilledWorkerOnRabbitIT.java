package dev.serai.tasks;

import dev.serai.support.OwnRabbit;
import dev.serai.support.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class KilledWorkerOnRabbitIT extends KilledWorkerContract {
  @RegisterExtension final OwnRabbit rabbit = new OwnRabbit();

  @Override
  Map<String, String> surroundings() {
    return Map.of(
        "serai.broker.uri", rabbit.node().uri(), "serai.db.url", TestPostgres.emptyDatabase());
  }
}
