package dev.serai.hub;

import dev.serai.support.RabbitPerClass;
import dev.serai.support.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebSocketOnRabbitIT extends WebSocketContract {
  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", rabbit.uri(), "serai.db.url", TestPostgres.emptyDatabase());
  }
}
