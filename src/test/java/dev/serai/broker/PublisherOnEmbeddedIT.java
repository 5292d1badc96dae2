package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublisherOnEmbeddedIT extends PublisherContract {
  @RegisterExtension private static final EmbeddedPerClass BROKER = new EmbeddedPerClass(false);

  @Override
  ConnectionFactory client(int port) {
    ConnectionFactory client = BROKER.client();
    client.setAutomaticRecoveryEnabled(false);
    if (port != 0) {
      client.setPort(port);
    }
    return client;
  }
}
