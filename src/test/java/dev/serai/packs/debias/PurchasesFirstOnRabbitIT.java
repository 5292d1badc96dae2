package dev.serai.packs.debias;

import dev.serai.support.OwnRabbit;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class PurchasesFirstOnRabbitIT extends PurchasesFirstContract {
  @RegisterExtension final OwnRabbit rabbit = new OwnRabbit();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "rabbitmq", "serai.broker.uri", rabbit.node().uri());
  }
}
