package dev.serai.cli;

import dev.serai.support.RabbitPerClass;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CommandsOnRabbitIT extends CommandsContract {
  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", rabbit.uri());
  }
}
