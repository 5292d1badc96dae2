package dev.serai.ordering;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.topology.Topologies;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.Partitions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what lies in a queue with partitions itself on to the partitions, one after the other and
 * confirmed: messages of publishers that do not know the partitions, and those that are replayed.
 */
final class Intake {
  /** Headers in which a message keeps what it was published with. */
  static final String EXCHANGE = "serai-exchange";

  static final String ROUTING_KEY = "serai-routing-key";

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int AHEAD = 50;
  private static final String OURS = "serai-";

  private final Partitioned queue;
  private final Publisher publisher;
  private final Topologies topologies;
  private @Nullable Channel channel;
  private volatile boolean paused;

  Intake(Partitioned queue, Publisher publisher, Topologies topologies) {
    this.queue = queue;
    this.publisher = publisher;
    this.topologies = topologies;
  }

  /**
   * Consumes the queue, unless it is consumed already.
   *
   * @throws IOException it cannot be consumed now
   */
  synchronized void tend(Partition.Connections connections) throws IOException {
    if (paused || (channel != null && channel.isOpen())) {
      return;
    }
    Connection connection = connections.get();
    Channel opened =
        connection
            .openChannel()
            .orElseThrow(() -> new IOException("The connection has no channel left"));
    channel = opened;
    opened.basicQos(AHEAD);
    opened.basicConsume(queue.queue(), false, new Deliveries(opened));
  }

  /** Takes nothing more; what was not sent on is back in its place. */
  void pause() {
    paused = true;
    close();
  }

  void resume() {
    paused = false;
  }

  private synchronized void close() {
    if (channel != null) {
      Acks.close(channel);
    }
    channel = null;
  }

  /** The message for its partition, with what it was published with. */
  OutgoingMessage sentOn(Letter letter) {
    Map<String, Object> headers = new HashMap<>(letter.headers());
    if (isOpen(letter.exchange())) {
      headers.keySet().removeIf(name -> name.startsWith(OURS)); // whoever publishes there
    }
    if (!letter.exchange().isEmpty()) {
      headers.put(EXCHANGE, letter.exchange());
      headers.put(ROUTING_KEY, letter.routingKey());
    }
    return new OutgoingMessage(
        "",
        Partitions.name(queue.queue(), queue.number(letter)),
        letter.properties().builder().headers(headers).deliveryMode(2).build(),
        letter.body());
  }

  private boolean isOpen(String exchange) {
    ExchangeSpec spec = topologies.exchanges().get(exchange);
    return !exchange.isEmpty() && (spec == null || spec.open());
  }

  /** Hears from the broker, one message after the other. */
  private final class Deliveries extends DefaultConsumer {
    Deliveries(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
        throws IOException {
      Letter letter =
          new Letter(envelope.getExchange(), envelope.getRoutingKey(), properties, body);
      try {
        while (!paused && getChannel().isOpen()) {
          if (isSent(letter)) {
            getChannel().basicAck(envelope.getDeliveryTag(), false);
            return;
          }
          TimeUnit.SECONDS.sleep(1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (AlreadyClosedException e) {
        LOG.debug("The channel is gone; the message comes again", e);
      }
    }

    private boolean isSent(Letter letter) {
      try {
        publisher.publish(sentOn(letter)).join();
        return true;
      } catch (CompletionException e) {
        LOG.warn(
            "A message of queue {} cannot be put into its partition; it is tried again: {}",
            queue.queue(),
            String.valueOf(e.getCause()));
        return false;
      }
    }

    @Override
    public void handleCancel(String consumer) {
      close();
    }

    @Override
    public void handleShutdownSignal(String consumer, ShutdownSignalException why) {
      LOG.debug("The channel is gone; another is opened", why);
    }
  }
}
