package dev.serai.console;

import dev.serai.support.RabbitPerClass;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class RouteConsoleOnRabbitIT extends RouteConsoleContract {
  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.uri", rabbit.uri());
  }
}
