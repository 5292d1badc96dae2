package dev.serai.topology;

import dev.serai.files.TimeText;
import dev.serai.topology.Topologies.Partitions;
import java.util.Optional;
import java.util.Set;

/** Reads {@code partitions:} of a queue, and what of its other keys does not go with it. */
final class PartitionReader {
  private static final String PARTITIONS = "partitions";
  private static final String ON_PARK = "on-park";
  private static final String EXCHANGE = "exchange";
  private static final String RABBITMQ_HASH = "rabbitmq-hash";
  private static final long USUAL_COUNT = 10;
  private static final long MOST = 1000;

  /** Names of partitions and of their header are longer than the queue's; AMQP has 255 bytes. */
  private static final int LONGEST_NAME = 200;

  private static final Set<String> IMPOSSIBLE = Set.of("priorities", "per-instance", "expires");

  private PartitionReader() {}

  static Optional<Partitions> read(
      String name, Section queue, Optional<QueueDraft.Retry> retry, Optional<String> park) {
    if (!queue.has(PARTITIONS)) {
      return Optional.empty();
    }
    checkBeside(name, queue);
    retry.ifPresent(waits -> checkWaits(queue, waits));
    Section partitions = queue.section(PARTITIONS);
    partitions.allow(Set.of("key", "count", ON_PARK, EXCHANGE));
    Optional<String> key = partitions.text("key").filter(text -> !text.isBlank());
    if (key.isEmpty()) {
      partitions.problemAt(
          "key",
          "missing-key",
          "partitions need the key that messages are kept in order by",
          "write key: <header>, key: $.<path in the body>, or an expression such as ${header.a}");
    }
    key.flatMap(PartitionKeyText::objection)
        .ifPresent(
            why ->
                partitions.problemAt(
                    "key", "bad-expression", why, "write a header's name or a path such as $.id"));
    boolean hold =
        partitions.oneOf(ON_PARK, Set.of("continue", "hold")).filter("hold"::equals).isPresent();
    if (hold && park.isEmpty()) {
      partitions.problemAt(
          ON_PARK, "missing-park", "nothing is parked here", "add park: <queue> to the queue");
    }
    boolean hashed =
        partitions
            .oneOf(EXCHANGE, Set.of("serai", RABBITMQ_HASH))
            .filter(RABBITMQ_HASH::equals)
            .isPresent();
    long count = partitions.number("count", 1, MOST).orElse(USUAL_COUNT);
    return key.map(text -> new Partitions(text.strip(), Math.toIntExact(count), hold, hashed));
  }

  private static void checkBeside(String name, Section queue) {
    for (String key : queue.names()) {
      if (IMPOSSIBLE.contains(key)) {
        refuse(queue, key, "a queue with partitions has no " + key);
      }
    }
    if (queue.text("type").filter("stream"::equals).isPresent()) {
      refuse(queue, "type", "a stream has no partitions");
    }
    if (queue.has("single-active-consumer") && !queue.flag("single-active-consumer")) {
      refuse(queue, "single-active-consumer", "a partition has one active consumer");
    }
    if (name.length() > LONGEST_NAME) {
      queue.problemAt(
          "",
          "reserved-name",
          "the name is too long for a queue with partitions",
          "write up to %d characters; each partition adds its own".formatted(LONGEST_NAME));
    }
  }

  private static void refuse(Section queue, String key, String wrong) {
    queue.problemAt(
        key, "conflicting-keys", wrong, "leave %s out, or %s".formatted(key, PARTITIONS));
  }

  private static void checkWaits(Section queue, QueueDraft.Retry retry) {
    if (retry instanceof QueueDraft.Retry.Ladder ladder) {
      ladder.waits().stream()
          .filter(wait -> wait.compareTo(Partitions.LONGEST_WAIT) > 0)
          .forEach(
              wait ->
                  queue.problemAt(
                      "retry",
                      "wrong-duration",
                      "%s is too long: a message of a partition waits in its consumer"
                          .formatted(TimeText.write(wait)),
                      "write at most %s; what needs more is parked"
                          .formatted(TimeText.write(Partitions.LONGEST_WAIT))));
    } else {
      queue.problemAt(
          "retry",
          "conflicting-keys",
          "a message of a partition waits in its consumer, not in a queue that others share",
          "write the waits as a list, such as [5s, 30s, 5m]");
    }
  }
}
