package dev.serai.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Fanout exchanges with a queue each, and exchanges that are wanted but never declared. */
final class TestDeclarations implements Declarations {
  private final Map<String, String> queues = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final AtomicInteger runs = new AtomicInteger();

  void add(String exchange, String queue) {
    queues.put(exchange, queue);
  }

  void refuse(String exchange) {
    refused.add(exchange);
  }

  /** How often it was declared. */
  int runs() {
    return runs.get();
  }

  @Override
  public void declareOn(Connection connection) throws IOException {
    runs.incrementAndGet();
    try (Channel channel = connection.createChannel()) {
      for (Map.Entry<String, String> entry : queues.entrySet()) {
        channel.exchangeDeclare(entry.getKey(), "fanout", true);
        channel.queueBind(entry.getValue(), entry.getKey(), "");
      }
    } catch (TimeoutException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean declares(String exchange) {
    return queues.containsKey(exchange) || refused.contains(exchange);
  }
}
