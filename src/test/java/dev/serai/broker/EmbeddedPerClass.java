package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** An embedded broker without a Serai, for the tests of one class. */
@SuppressWarnings("NullAway.Init") // the broker is started before all tests
final class EmbeddedPerClass implements BeforeAllCallback, AfterAllCallback {
  private final boolean durable;
  private Path data;
  private EmbeddedBroker broker;

  EmbeddedPerClass(boolean durable) {
    this.durable = durable;
  }

  EmbeddedBroker broker() {
    return broker;
  }

  ConnectionFactory client() {
    return broker.client();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    data = Files.createTempDirectory("serai-broker");
    broker = new EmbeddedBroker(BrokerFolder.lock(data, durable), Duration.ofMillis(50));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    broker.close();
    FileSystemUtils.deleteRecursively(data);
  }
}
