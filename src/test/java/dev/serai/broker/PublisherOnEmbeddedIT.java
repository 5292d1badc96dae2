package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // the broker is started before all tests
class PublisherOnEmbeddedIT extends PublisherContract {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start(@TempDir Path data) {
    broker = new EmbeddedBroker(BrokerFolder.lock(data, false), Duration.ofMillis(50));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  ConnectionFactory client(int port) {
    ConnectionFactory client = broker.client();
    client.setAutomaticRecoveryEnabled(false);
    if (port != 0) {
      client.setPort(port);
    }
    return client;
  }
}
