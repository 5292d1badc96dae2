package dev.serai.conduit;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.ReceivedMessage;
import dev.serai.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** An empty database, and events for it. */
interface StoredConduit {
  /** Where pack conduit keeps its state. */
  TestStore store();

  /** An event as it was received. */
  default Exchange message(String key, String body) {
    return message(key, body, null);
  }

  /**
   * An event as it was received.
   *
   * @param sent when, if its message says so
   */
  default Exchange message(String key, String body, @Nullable Instant sent) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(
        ReceivedMessage.PROPERTY,
        new ReceivedMessage(
            "queue",
            "conduit-events",
            key,
            new AMQP.BasicProperties.Builder()
                .messageId("m")
                .timestamp(sent == null ? null : Date.from(sent))
                .build(),
            body.getBytes(StandardCharsets.UTF_8),
            Instant.now()));
    return exchange;
  }
}
