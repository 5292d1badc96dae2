package dev.serai.webhooks;

import dev.serai.support.RabbitPerClass;
import dev.serai.support.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class KilledWebhooksOnRabbitIT extends KilledWebhooksContract {
  @RegisterExtension static final RabbitPerClass RABBIT = new RabbitPerClass();

  @Override
  Map<String, String> surroundings() {
    return Map.of("serai.broker.uri", RABBIT.uri(), "serai.db.url", TestPostgres.emptyDatabase());
  }
}
