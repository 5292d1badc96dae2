package dev.serai.topology;

import dev.serai.files.TimeText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry under {@code queues:}. */
final class QueueReader {
  private static final String PER_INSTANCE = "per-instance";

  /** Enough for a day of trouble; a wait queue refuses when it is full. */
  static final long WAIT_LENGTH = 100_000;

  private static final Set<String> KEYS =
      Set.of(
          "type",
          "ttl",
          "expires",
          "max-length",
          "max-bytes",
          "overflow",
          "priorities",
          "single-active-consumer",
          "delivery-limit",
          "dead-letter",
          "bindings",
          "retry",
          "park",
          "partitions",
          PER_INSTANCE);

  /** What a queue may have that goes with its connection; a full one must not refuse. */
  private static final Set<String> OF_INSTANCES =
      Set.of(PER_INSTANCE, "ttl", "max-length", "max-bytes", "bindings");

  private static final int LONGEST_OF_INSTANCES = 200;
  private static final long MOST = 1_000_000_000_000L;
  private static final long MOST_MILLIS = Duration.ofDays(365).toMillis();

  private QueueReader() {}

  static QueueDraft read(String name, Section queue) {
    queue.allow(KEYS);
    Optional<QueueDraft.Retry> retry = retry(queue);
    Optional<String> park = queue.text("park");
    if (retry.isPresent() && park.isEmpty()) {
      queue.problemAt(
          "retry",
          "missing-park",
          "\"" + name + "\" has retry but no park",
          "add park: <queue> for what still fails after the last wait");
    }
    Map<String, Object> arguments = arguments(queue);
    boolean perInstance = queue.flag(PER_INSTANCE);
    if (perInstance) {
      checkInstance(name, queue);
      arguments.putIfAbsent("x-max-length", WAIT_LENGTH);
    }
    return new QueueDraft(
        name,
        queue,
        arguments,
        deadLetter(queue),
        bindings(queue),
        retry,
        park,
        perInstance,
        PartitionReader.read(name, queue, retry, park));
  }

  /** Its messages are for the process that is there now: they do not wait for another one. */
  private static void checkInstance(String name, Section queue) {
    for (String key : queue.names()) {
      if (KEYS.contains(key) && !OF_INSTANCES.contains(key)) {
        queue.problemAt(
            key,
            "conflicting-keys",
            "a queue of each instance has no " + key,
            "leave " + key + " out, or per-instance");
      }
    }
    if (name.length() > LONGEST_OF_INSTANCES) {
      queue.problemAt(
          "",
          "reserved-name",
          "the name is too long for a queue of each instance",
          "write up to %d characters; each instance adds its own".formatted(LONGEST_OF_INSTANCES));
    }
  }

  private static Map<String, Object> arguments(Section queue) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    String type = queue.oneOf("type", Set.of("classic", "quorum", "stream")).orElse("classic");
    if (!type.equals("classic")) {
      arguments.put("x-queue-type", type);
      if (queue.has("priorities")) {
        queue.problemAt(
            "priorities",
            "conflicting-keys",
            "a " + type + " queue has no priorities setting",
            "write type: classic, or leave priorities out");
      }
    }
    millis(queue, "ttl").ifPresent(ttl -> arguments.put("x-message-ttl", ttl));
    millis(queue, "expires").ifPresent(idle -> arguments.put("x-expires", idle));
    queue.number("max-length", 1, MOST).ifPresent(n -> arguments.put("x-max-length", n));
    queue.number("max-bytes", 1, MOST).ifPresent(n -> arguments.put("x-max-length-bytes", n));
    queue
        .oneOf("overflow", Set.of("drop-head", "reject-publish"))
        .ifPresent(overflow -> arguments.put("x-overflow", overflow));
    queue
        .number("priorities", 1, 255)
        .ifPresent(n -> arguments.put("x-max-priority", n.intValue()));
    queue.number("delivery-limit", 1, 1_000_000).ifPresent(n -> limit(queue, type, n, arguments));
    if (queue.flag("single-active-consumer")) {
      arguments.put("x-single-active-consumer", true);
    }
    return arguments;
  }

  private static void limit(
      Section queue, String type, long deliveries, Map<String, Object> arguments) {
    arguments.put("x-delivery-limit", deliveries);
    if (!type.equals("quorum")) {
      queue.problemAt(
          "delivery-limit",
          "conflicting-keys",
          "a " + type + " queue has no delivery-limit",
          "write type: quorum, or leave delivery-limit out");
    }
  }

  private static Optional<Long> millis(Section queue, String key) {
    Optional<Long> millis = queue.time(key).map(Duration::toMillis);
    if (millis.isPresent() && millis.get() > MOST_MILLIS) {
      queue.problemAt(key, "wrong-duration", key + " is over a year", "write at most 365d");
      return Optional.empty();
    }
    return millis;
  }

  private static Optional<QueueDraft.DeadLetter> deadLetter(Section queue) {
    if (!queue.isMapping("dead-letter")) {
      return queue
          .text("dead-letter")
          .map(exchange -> new QueueDraft.DeadLetter(exchange, Optional.empty()));
    }
    Section target = queue.section("dead-letter");
    target.allow(Set.of("exchange", "key"));
    return Optional.of(
        new QueueDraft.DeadLetter(target.text("exchange").orElse(""), target.text("key")));
  }

  private static List<QueueDraft.Binding> bindings(Section queue) {
    return queue.sections("bindings").stream()
        .map(
            binding -> {
              binding.allow(Set.of("exchange", "key"));
              return new QueueDraft.Binding(
                  binding.text("exchange").orElse(""), binding.text("key").orElse(""), binding);
            })
        .toList();
  }

  private static Optional<QueueDraft.Retry> retry(Section queue) {
    if (!queue.has("retry")) {
      return Optional.empty();
    }
    return queue.isMapping("retry") ? shared(queue.section("retry")) : ladder(queue);
  }

  private static Optional<QueueDraft.Retry> ladder(Section queue) {
    List<Duration> waits = queue.times("retry");
    for (int i = 1; i < waits.size(); i++) {
      if (waits.get(i).compareTo(waits.get(i - 1)) <= 0) {
        queue.problemAt(
            "retry",
            "ladder-order",
            "the wait " + TimeText.write(waits.get(i)) + " does not come after a shorter one",
            "write the waits from short to long, each once");
      }
    }
    return waits.isEmpty() ? Optional.empty() : Optional.of(new QueueDraft.Retry.Ladder(waits));
  }

  private static Optional<QueueDraft.Retry> shared(Section retry) {
    retry.allow(Set.of("via", "wait", "attempts", "max-length"));
    Optional<String> via = retry.text("via");
    Optional<Duration> delay = retry.time("wait");
    if (via.isEmpty() || delay.isEmpty()) {
      retry.problemAt(
          "retry",
          "missing-key",
          "a shared retry needs via and wait",
          "write retry: {via: <wait queue>, wait: 60s, attempts: 3}");
      return Optional.empty();
    }
    long attempts = retry.number("attempts", 1, 100).orElse(3L);
    long length = retry.number("max-length", 1, MOST).orElse(WAIT_LENGTH);
    return Optional.of(
        new QueueDraft.Retry.Shared(via.get(), delay.get(), Math.toIntExact(attempts), length));
  }
}
