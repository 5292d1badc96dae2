package dev.serai.packs.debias;

import dev.serai.support.RabbitPerClass;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class SinksOnRabbitIT extends SinksContract {
  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "rabbitmq", "serai.broker.uri", rabbit.uri());
  }
}
