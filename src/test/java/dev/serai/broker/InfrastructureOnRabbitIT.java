package dev.serai.broker;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

@SuppressWarnings("NullAway.Init") // made before all tests
class InfrastructureOnRabbitIT extends InfrastructureContract {
  private RabbitProxy proxy;

  @Override
  Map<String, String> broker() throws IOException {
    proxy = new RabbitProxy();
    return proxy.settings();
  }

  @Override
  void disconnect() {
    proxy.breakConnections();
  }

  @AfterAll
  @Override
  void stop() throws IOException {
    super.stop();
    proxy.close();
  }
}
