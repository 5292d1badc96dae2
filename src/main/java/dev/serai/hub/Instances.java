package dev.serai.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import dev.serai.broker.MessageIds;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.store.SharedTurns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the other instances what was kept, over the exchange {@code serai.streams}; so they need
 * not ask the store. With the state in this process's own files there is no other. Thread-safe.
 */
class Instances {
  private static final String EXCHANGE = "serai.streams";
  private static final int CHUNK = 512 * 1024; // characters of data in one message, but for one
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PERSISTENT = 2;

  private final Publisher publisher;
  private final boolean shared;

  Instances(Publisher publisher, SharedTurns turns) {
    this.publisher = publisher;
    this.shared = turns.shared();
  }

  /** Whether there can be others. */
  boolean areThere() {
    return shared;
  }

  /** Tells them; completes when the broker has it. */
  CompletableFuture<Void> tell(Channel channel, List<Kept> updates) {
    if (!shared) {
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    List<Kept> part = new ArrayList<>();
    int size = 0;
    for (Kept update : updates) {
      int more = update.update().data().length();
      if (!part.isEmpty() && size + more > CHUNK) {
        sent.add(publisher.publish(message(channel, part)));
        part = new ArrayList<>();
        size = 0;
      }
      part.add(update);
      size += more;
    }
    sent.add(publisher.publish(message(channel, part)));
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
  }

  private static OutgoingMessage message(Channel channel, List<Kept> updates) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder()
            .messageId(MessageIds.next())
            .contentType("application/json")
            .deliveryMode(PERSISTENT)
            .type(channel.label())
            .build();
    try {
      return new OutgoingMessage(
          EXCHANGE, channel.label(), properties, JSON.writeValueAsBytes(updates));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What another one has told.
   *
   * @throws IllegalArgumentException {@code bad-message} if no instance sends such a message
   */
  static List<Kept> read(byte[] message) {
    try {
      return JSON.readValue(message, new TypeReference<List<Kept>>() {});
    } catch (IOException e) {
      throw new IllegalArgumentException("bad-message: no updates of an instance of Serai", e);
    }
  }
}
