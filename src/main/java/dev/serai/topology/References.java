package dev.serai.topology;

import dev.serai.files.TimeText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what one name in a topology.yaml says about another, across all files. */
final class References {
  private final Set<String> exchanges = new HashSet<>();
  private final Set<String> queues = new HashSet<>();
  private final Set<String> ofInstances = new HashSet<>();
  private final Set<String> partitioned = new HashSet<>();
  private final Map<String, QueueDraft.Retry.Shared> shared = new HashMap<>();

  private References() {}

  /** Notes, in each file, what does not fit to the others; the first file to use a name owns it. */
  static void check(List<TopologyFile> files) {
    References references = new References();
    files.forEach(references::collect);
    files.forEach(references::checkFile);
  }

  private void collect(TopologyFile file) {
    for (TopologyFile.ExchangeDraft exchange : file.exchanges()) {
      if (!exchanges.add(exchange.name())) {
        duplicate(exchange.section(), exchange.name(), "exchange");
      }
    }
    for (QueueDraft queue : file.queues()) {
      if (!queues.add(queue.name())) {
        duplicate(queue.section(), queue.name(), "queue");
      }
      if (queue.perInstance()) {
        ofInstances.add(queue.name());
      }
      if (queue.partitions().isPresent()) {
        partitioned.add(queue.name());
      }
    }
  }

  private void checkFile(TopologyFile file) {
    for (QueueDraft queue : file.queues()) {
      queue
          .bindings()
          .forEach(binding -> exchange(binding.section(), "exchange", binding.exchange()));
      queue.deadLetter().ifPresent(target -> checkDeadLetter(queue, target));
      queue.park().ifPresent(park -> checkQueue(queue, "park", park));
      queue.partitions().ifPresent(partitions -> checkParts(queue, partitions));
      if (queue.retry().orElse(null) instanceof QueueDraft.Retry.Shared retry) {
        checkShared(queue, retry);
      }
    }
  }

  private void checkDeadLetter(QueueDraft queue, QueueDraft.DeadLetter target) {
    if (!target.exchange().isEmpty()) {
      exchange(queue.section(), "dead-letter", target.exchange());
    } else if (target.key().isPresent()) {
      checkQueue(queue, "dead-letter", target.key().get());
    } else {
      queue
          .section()
          .problemAt(
              "dead-letter",
              "missing-key",
              "the default exchange needs a key",
              "write dead-letter: {exchange: \"\", key: <queue>}");
    }
  }

  private void checkQueue(QueueDraft queue, String key, String target) {
    if (target.equals(queue.name())) {
      queue
          .section()
          .problemAt(
              key, "endless-loop", "\"" + target + "\" leads to itself", "name another queue");
    } else if (!queues.contains(target)) {
      unknown(queue.section(), key, "queue", target, queues);
    } else if (ofInstances.contains(target)) {
      queue
          .section()
          .problemAt(
              key,
              "conflicting-keys",
              "\"%s\" is gone with its instance".formatted(queue.section().written(key, target)),
              "name a queue without per-instance");
    } else if (key.equals("park") && partitioned.contains(target)) {
      queue
          .section()
          .problemAt(
              key,
              "conflicting-keys",
              "\"%s\" has partitions".formatted(queue.section().written(key, target)),
              "name a queue without partitions");
    }
  }

  private void checkParts(QueueDraft queue, Topologies.Partitions partitions) {
    for (String name : PartitionParts.names(queue.name(), partitions)) {
      if (queues.contains(name) || exchanges.contains(name)) {
        queue
            .section()
            .problemAt(
                "partitions",
                "duplicate-name",
                "\"" + name + "\" is made by the partitions",
                "remove it from exchanges and queues");
      }
    }
  }

  private void exchange(Section section, String key, String target) {
    if (!exchanges.contains(target)) {
      unknown(section, key, "exchange", target, exchanges);
    }
  }

  private void checkShared(QueueDraft queue, QueueDraft.Retry.Shared retry) {
    QueueDraft.Retry.Shared other = shared.putIfAbsent(retry.via(), retry);
    if (other != null && !sameQueue(other, retry)) {
      queue
          .section()
          .problemAt(
              "retry",
              "conflicting-keys",
              "another queue waits in \"%s\" for %s with max-length %d"
                  .formatted(
                      queue.section().written("retry", retry.via()),
                      TimeText.write(other.delay()),
                      other.maxLength()),
              "write the same wait and max-length, or another via");
    }
    if (queues.contains(retry.via()) || exchanges.contains(retry.via())) {
      queue
          .section()
          .problemAt(
              "retry",
              "duplicate-name",
              "\""
                  + queue.section().written("retry", retry.via())
                  + "\" is made by the retry setting",
              "remove it from exchanges and queues");
    }
  }

  private static boolean sameQueue(QueueDraft.Retry.Shared one, QueueDraft.Retry.Shared other) {
    return one.delay().equals(other.delay()) && one.maxLength() == other.maxLength();
  }

  private static void duplicate(Section section, String name, String kind) {
    section.problemAt(
        "",
        "duplicate-name",
        "the %s \"%s\" is already in another topology.yaml".formatted(kind, name),
        "remove one, or rename it");
  }

  private static void unknown(
      Section section, String key, String kind, String name, Set<String> known) {
    section.problemAt(
        key,
        "unknown-" + kind,
        "\"%s\" is in no topology.yaml".formatted(section.written(key, name)),
        Closest.advice(name, known, "add it under " + kind + "s:"));
  }
}
