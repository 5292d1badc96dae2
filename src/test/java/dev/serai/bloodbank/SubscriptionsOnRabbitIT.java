package dev.serai.bloodbank;

import dev.serai.support.RabbitPerClass;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubscriptionsOnRabbitIT extends SubscriptionsContract {
  @RegisterExtension static final RabbitPerClass RABBIT = new RabbitPerClass();

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "rabbitmq", "serai.broker.uri", RABBIT.uri());
  }
}
