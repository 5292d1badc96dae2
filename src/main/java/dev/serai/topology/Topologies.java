package dev.serai.topology;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The exchanges and queues of all loaded packs, as their topology.yaml files say. */
public interface Topologies {

  /** All exchanges by name, those made from retry settings included. */
  Map<String, ExchangeSpec> exchanges();

  /** All queues by name, wait queues included. */
  Map<String, QueueSpec> queues();

  /** All bindings, those made from retry settings included. */
  List<BindingSpec> bindings();

  /**
   * An exchange; always durable.
   *
   * @param name literal name
   * @param type {@code direct}, {@code topic}, {@code fanout} or {@code headers}
   * @param unroutableDropped whether a message that no queue wants is counted and dropped ({@code
   *     unroutable: drop}) instead of refused
   * @param open whether applications may publish to it; false for dead-letter and wait exchanges
   * @param keys routing keys that applications may use, or patterns of them; empty: all
   * @param arguments RabbitMQ's
   */
  record ExchangeSpec(
      String name,
      String type,
      boolean unroutableDropped,
      boolean open,
      List<String> keys,
      Map<String, Object> arguments) {
    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    /** One for all keys, without arguments. */
    public ExchangeSpec(String name, String type, boolean unroutableDropped, boolean open) {
      this(name, type, unroutableDropped, open, List.of(), Map.of());
    }

    /** Whether applications may use a routing key; a star stands for what a word may be made of. */
    public boolean takes(String key) {
      return keys.isEmpty()
          || KeyPattern.problemOfKey(key).isEmpty()
              && WORDS.matcher(key).matches()
              && KeyPattern.anyMatches(keys.stream().map(KeyPattern::new).toList(), key);
    }
  }

  /**
   * A queue; durable, unless each process has its own.
   *
   * @param name literal name; where each process has its own, the part they share
   * @param arguments RabbitMQ's {@code x-} arguments
   * @param retry the waits of this queue's messages, in order; empty means none
   * @param park the queue where messages go after the last attempt; empty means that they cannot be
   *     parked
   * @param role what the queue is for
   * @param partitions the queues that its messages are in, in order per key; empty when they are in
   *     this one
   */
  record QueueSpec(
      String name,
      Map<String, Object> arguments,
      List<Rung> retry,
      Optional<String> park,
      Role role,
      Optional<Partitions> partitions) {

    /** One without partitions. */
    public QueueSpec(
        String name,
        Map<String, Object> arguments,
        List<Rung> retry,
        Optional<String> park,
        Role role) {
      this(name, arguments, retry, park, role, Optional.empty());
    }
  }

  /**
   * The partitions of a queue: queues with one active consumer each. Messages of one key are in one
   * of them.
   *
   * @param key what messages are kept in order by: a header's name, a JSON path that starts with
   *     {@code $}, or an expression of the language simple
   * @param count how many there are, from 1
   * @param hold whether later messages of a key wait behind a parked one until that was replayed
   * @param hashedByBroker whether RabbitMQ's consistent-hash exchange chooses, by a header that the
   *     publisher sets to the key; else the publisher does
   */
  record Partitions(String key, int count, boolean hold, boolean hashedByBroker) {

    /** Longest wait between two attempts of a message, which its consumer keeps meanwhile. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(20);

    /** The mark of a message whose partition the broker chooses. */
    public static final String HASHED = "hash";

    /** The exchange in front of the partitions of a queue. */
    public static String door(String queue) {
      return queue + ".partitions";
    }

    /** The exchange that hashes keys, where the broker does. */
    public static String hash(String queue) {
      return queue + ".hash";
    }

    /** The header in which a message carries its key, for the broker to hash. */
    public static String keyHeader(String queue) {
      return "serai-key-" + queue;
    }

    /** The name of one of them, from 0. */
    public static String name(String queue, int number) {
      return queue + "." + number;
    }

    /**
     * The header in which a message carries the number of its partition, as text; {@link #HASHED}
     * where the broker chooses it.
     */
    public static String header(String queue) {
      return "serai-partition-" + queue;
    }
  }

  /**
   * One wait of a retry ladder.
   *
   * @param delay time until the message is back in its queue
   * @param exchange where to republish; empty means the default exchange
   * @param routingKey what to republish with: the wait queue's name, or the origin queue's where
   *     several share one
   */
  record Rung(Duration delay, String exchange, String routingKey) {}

  /**
   * A binding of a queue to an exchange.
   *
   * @param exchange where messages come from
   * @param queue where they go; an exchange's name when {@code toExchange}
   * @param key routing key or pattern; empty for fanout
   * @param arguments what a headers exchange compares
   * @param toExchange whether they go to another exchange
   */
  record BindingSpec(
      String exchange,
      String queue,
      String key,
      Map<String, Object> arguments,
      boolean toExchange) {

    /** One of a queue, by its key. */
    public BindingSpec(String exchange, String queue, String key) {
      this(exchange, queue, key, Map.of(), false);
    }
  }

  /** What a queue is for. */
  enum Role {
    /** Consumed by routes. */
    WORK,
    /** Holds a message until its next attempt. */
    WAIT,
    /** Holds what failed for good, until a person replays or deletes it. */
    PARK,
    /** Each process has its own, which goes with its connection. */
    PER_INSTANCE,
    /** Holds the messages of some keys of another queue, in order. */
    PARTITION;

    /** As people read it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
