package dev.serai.packs.debias;

import dev.serai.support.RabbitPerTest;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class KilledSeraiOnRabbitIT extends KilledSeraiContract {
  @RegisterExtension final RabbitPerTest rabbit = new RabbitPerTest();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", rabbit.node().uri());
  }
}
