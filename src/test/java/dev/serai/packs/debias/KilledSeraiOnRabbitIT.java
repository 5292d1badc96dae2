package dev.serai.packs.debias;

import dev.serai.support.OwnRabbit;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class KilledSeraiOnRabbitIT extends KilledSeraiContract {
  @RegisterExtension final OwnRabbit rabbit = new OwnRabbit();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", rabbit.node().uri());
  }
}
