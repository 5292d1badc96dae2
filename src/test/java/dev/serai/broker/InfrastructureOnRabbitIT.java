package dev.serai.broker;

import dev.serai.support.StallingProxy;
import dev.serai.support.TestBrokers;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

@SuppressWarnings("NullAway.Init") // made before all tests
class InfrastructureOnRabbitIT extends InfrastructureContract {
  private StallingProxy proxy;

  @Override
  Map<String, String> broker() throws IOException {
    String uri = TestBrokers.rabbitmq().uri();
    proxy = new StallingProxy(URI.create(uri).getPort());
    return Map.of("serai.broker.uri", uri.replaceFirst(":\\d+$", ":" + proxy.port()));
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
