package dev.serai.topology;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
   */
  record ExchangeSpec(String name, String type, boolean unroutableDropped, boolean open) {}

  /**
   * A queue; durable, unless each process has its own.
   *
   * @param name literal name; where each process has its own, the part they share
   * @param arguments RabbitMQ's {@code x-} arguments
   * @param retry the waits of this queue's messages, in order; empty means none
   * @param park the queue where messages go after the last attempt; empty means that they cannot be
   *     parked
   * @param role what the queue is for
   */
  record QueueSpec(
      String name,
      Map<String, Object> arguments,
      List<Rung> retry,
      Optional<String> park,
      Role role) {}

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
   * @param queue where they go
   * @param key routing key or pattern; empty for fanout
   */
  record BindingSpec(String exchange, String queue, String key) {}

  /** What a queue is for. */
  enum Role {
    /** Consumed by routes. */
    WORK,
    /** Holds a message until its next attempt. */
    WAIT,
    /** Holds what failed for good, until a person replays or deletes it. */
    PARK,
    /** Each process has its own, which goes with its connection. */
    PER_INSTANCE;

    /** As people read it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
