package dev.serai.packs.debias;

import dev.serai.support.RabbitPerTest;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class WholeWayOnRabbitIT extends WholeWayContract {
  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "rabbitmq", "serai.broker.uri", rabbit.node().uri());
  }
}
