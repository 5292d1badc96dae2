package dev.serai.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The publisher's connection, and whether the broker takes no messages over it for now. */
final class PublishingConnection {
  private final Connection connection;
  private final AtomicBoolean blocked = new AtomicBoolean();

  PublishingConnection(Connection connection) {
    this.connection = connection;
    connection.addBlockedListener(reason -> blocked.set(true), () -> blocked.set(false));
  }

  /** Whether the broker is short of memory or disk and reads nothing. */
  boolean isBlocked() {
    return blocked.get();
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /**
   * Opens a channel.
   *
   * @throws IOException if the connection is gone or has no channel left
   */
  Channel openChannel() throws IOException {
    return connection
        .openChannel()
        .orElseThrow(() -> new IOException("The connection has no channel left"));
  }

  /** Exchanges as they are now on this connection. */
  KnownExchanges exchanges(Declarations declarations) {
    return new KnownExchanges(connection, declarations);
  }

  /**
   * How long the broker's return of a message may come after its refusal, in milliseconds. RabbitMQ
   * returns first, so it need not be waited for.
   */
  long returnPatienceMillis() {
    Object product = connection.getServerProperties().get("product");
    return "RabbitMQ".equals(String.valueOf(product)) ? 0 : 1000;
  }
}
