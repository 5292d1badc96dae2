package dev.serai.ordering;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.broker.MessageIds;
import dev.serai.delivery.KeptMessage;
import dev.serai.topology.Topologies.Partitions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One partition of a queue, as long as its route runs: one {@link Link} after the other. */
final class Partition {
  private final Partitioned whole;
  private final String name;
  private final int window;
  private final Crew crew;
  private final Bodies bodies;
  private final Memory memory;
  private volatile @Nullable Link link;
  private boolean resting;
  private boolean ended;

  /**
   * One that is not consumed yet.
   *
   * @param number from 0
   * @param window messages that are not acknowledged at most
   * @param bodies keeps those of the window
   */
  Partition(Partitioned whole, int number, int window, Crew crew, Bodies bodies) {
    this.whole = whole;
    this.name = Partitions.name(whole.queue(), number);
    this.window = window;
    this.crew = crew;
    this.bodies = bodies;
    this.memory = new Memory(2 * window);
  }

  /** Where to get a connection, which may take long. */
  interface Connections {
    Connection get() throws IOException;
  }

  /**
   * Consumes it, unless it is consumed already or something still runs over a channel that was
   * lost: two messages of a key would be tried at once.
   *
   * @throws IOException it cannot be consumed now
   */
  void tend(Connections connections) throws IOException {
    Link current = link;
    if (current == null || current.isFinished()) {
      use(open(connections.get()));
    } else if (current.hasOlderThan(Partitions.LONGEST_WAIT)) {
      current.pause(); // and then comes another: the broker counts from the delivery
    }
  }

  /** Unless it was paused or has ended while the channel was opened, which may take long. */
  private synchronized void use(Link opened) {
    if (resting || ended) {
      opened.end();
    } else {
      link = opened;
    }
  }

  private Link open(Connection connection) throws IOException {
    Channel channel =
        connection
            .openChannel()
            .orElseThrow(() -> new IOException("The connection has no channel left"));
    Link made = new Link(new Acks(channel, window), crew, memory);
    try {
      channel.basicQos(window);
      channel.basicConsume(name, false, new Deliveries(channel, made));
      return made;
    } catch (IOException | RuntimeException e) {
      made.end();
      throw e;
    }
  }

  /** What the broker calls it. */
  String name() {
    return name;
  }

  /** Whether the broker gives it to this instance, as far as that is known. */
  boolean isServed() {
    return link().filter(Link::isServed).isPresent();
  }

  /** Messages that are not acknowledged. */
  int size() {
    return link().map(Link::size).orElse(0);
  }

  Optional<Link> link() {
    return Optional.ofNullable(link);
  }

  /** Begins nothing more, and leaves the queue to others when nothing runs; comes back then. */
  void leave() {
    link().ifPresent(Link::pause);
  }

  /** The same, and comes back only when it is told to. */
  synchronized void pause() {
    resting = true;
    leave();
  }

  /** Goes on where {@link #pause} has not yet come to its end. */
  synchronized void resume() {
    resting = false;
    link().ifPresent(Link::resume);
  }

  /** Ends; what runs has so long. */
  void end(Duration patience) throws InterruptedException {
    Link current;
    synchronized (this) {
      ended = true;
      current = link;
    }
    if (current != null) {
      current.await(patience);
      current.end();
      link = null;
    }
  }

  /** Hears from the broker. */
  private final class Deliveries extends DefaultConsumer {
    private final Link over;

    Deliveries(Channel channel, Link over) {
      super(channel);
      this.over = over;
    }

    @Override
    public void handleDelivery(
        String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      AMQP.BasicProperties known = withId(properties);
      boolean ours = whole.isOurs(envelope.getExchange()); // what comes by the intake, or a replay
      Letter letter =
          new Letter(
              ours ? header(known, Intake.EXCHANGE).orElse("") : envelope.getExchange(),
              ours
                  ? header(known, Intake.ROUTING_KEY).orElse(envelope.getRoutingKey())
                  : envelope.getRoutingKey(),
              known,
              body);
      KeptMessage kept =
          (envelope.isRedeliver()
                  ? memory.kept(known.getMessageId())
                  : Optional.<KeptMessage>empty())
              .orElseGet(() -> new KeptMessage(known, ours));
      String key = whole.key().of(letter).orElse(null);
      Parcel parcel = new Parcel(letter.exchange(), letter.routingKey(), known, bodies.keep(body));
      over.take(new Held(envelope.getDeliveryTag(), key, parcel, kept), envelope.isRedeliver());
    }

    /** Those of a message that has come without an id: by that it is held, parked and replayed. */
    private static AMQP.BasicProperties withId(AMQP.BasicProperties properties) {
      return properties.getMessageId() == null
          ? properties.builder().messageId(MessageIds.next()).build()
          : properties;
    }

    private static Optional<String> header(AMQP.BasicProperties properties, String name) {
      return Optional.ofNullable(properties.getHeaders())
          .map(headers -> headers.get(name))
          .map(Object::toString);
    }

    /** The queue was deleted. */
    @Override
    public void handleCancel(String consumer) {
      crew.end(over::end); // not on the thread that reads the answer
    }

    @Override
    public void handleShutdownSignal(String consumer, ShutdownSignalException why) {
      over.lost();
    }
  }
}
