package dev.serai.topology;

import dev.serai.files.TimeText;
import dev.serai.topology.Topologies.BindingSpec;
import dev.serai.topology.Topologies.ExchangeSpec;
import dev.serai.topology.Topologies.QueueSpec;
import dev.serai.topology.Topologies.Role;
import dev.serai.topology.Topologies.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the exchanges, queues and bindings that checked files ask for, those included that follow
 * from a retry setting.
 *
 * <p>A ladder of queue {@code q} gives wait queues {@code q.wait.5s}; each expires into {@code q}.
 * A shared retry via {@code r} gives the fanout exchange {@code r}, the queue {@code r} and the
 * direct exchange {@code r.return}, which binds every queue that shares it: the fanout keeps the
 * routing key, and that is the name of the queue to return to. {@link PartitionParts} says what
 * partitions give.
 */
final class Assembly {
  private final Map<String, ExchangeSpec> exchanges = new LinkedHashMap<>();
  private final Map<String, QueueSpec> queues = new LinkedHashMap<>();
  private final List<BindingSpec> bindings = new ArrayList<>();
  private final Set<String> deadLetterExchanges = new HashSet<>();
  private final Set<String> parkingQueues = new HashSet<>();

  Assembly(List<TopologyFile> files) {
    List<QueueDraft> drafts = files.stream().flatMap(file -> file.queues().stream()).toList();
    for (QueueDraft draft : drafts) {
      draft.deadLetter().ifPresent(target -> deadLetterExchanges.add(target.exchange()));
      draft.park().ifPresent(parkingQueues::add);
    }
    for (TopologyFile file : files) {
      for (TopologyFile.ExchangeDraft exchange : file.exchanges()) {
        boolean open = !exchange.internal() && !deadLetterExchanges.contains(exchange.name());
        add(
            new ExchangeSpec(
                exchange.name(),
                exchange.type(),
                exchange.unroutableDropped(),
                open,
                exchange.keys(),
                Map.of()));
      }
    }
    drafts.forEach(this::addQueue);
  }

  Map<String, ExchangeSpec> exchanges() {
    return Collections.unmodifiableMap(exchanges);
  }

  Map<String, QueueSpec> queues() {
    return Collections.unmodifiableMap(queues);
  }

  List<BindingSpec> bindings() {
    return Collections.unmodifiableList(bindings);
  }

  private void addQueue(QueueDraft draft) {
    Map<String, Object> arguments = new LinkedHashMap<>(draft.arguments());
    draft
        .deadLetter()
        .ifPresent(
            target -> {
              arguments.put("x-dead-letter-exchange", target.exchange());
              target.key().ifPresent(key -> arguments.put("x-dead-letter-routing-key", key));
            });
    if (draft.partitions().isPresent()) {
      addPartitions(PartitionParts.of(draft, draft.partitions().get(), arguments));
      return;
    }
    List<Rung> rungs = draft.retry().map(retry -> rungs(draft, retry)).orElse(List.of());
    queues.put(
        draft.name(), new QueueSpec(draft.name(), arguments, rungs, draft.park(), role(draft)));
    draft
        .bindings()
        .forEach(b -> bindings.add(new BindingSpec(b.exchange(), draft.name(), b.key())));
  }

  private void addPartitions(PartitionParts parts) {
    parts.exchanges().forEach(this::add);
    parts.queues().forEach(queue -> queues.put(queue.name(), queue));
    bindings.addAll(parts.bindings());
  }

  private Role role(QueueDraft draft) {
    if (draft.perInstance()) {
      return Role.PER_INSTANCE;
    }
    boolean onlyDeadLetters =
        !draft.bindings().isEmpty()
            && draft.bindings().stream().allMatch(b -> deadLetterExchanges.contains(b.exchange()));
    return parkingQueues.contains(draft.name()) || onlyDeadLetters ? Role.PARK : Role.WORK;
  }

  private List<Rung> rungs(QueueDraft draft, QueueDraft.Retry retry) {
    if (retry instanceof QueueDraft.Retry.Shared shared) {
      return sharedRungs(draft, shared);
    }
    List<Rung> rungs = new ArrayList<>();
    for (Duration delay : ((QueueDraft.Retry.Ladder) retry).waits()) {
      String name = draft.name() + ".wait." + TimeText.write(delay);
      long length =
          draft.arguments().get("x-max-length") instanceof Long own ? own : QueueReader.WAIT_LENGTH;
      Map<String, Object> arguments = waitArguments(draft, delay, length);
      arguments.put("x-dead-letter-exchange", "");
      arguments.put("x-dead-letter-routing-key", draft.name());
      addWaitQueue(name, arguments);
      rungs.add(new Rung(delay, "", name));
    }
    return rungs;
  }

  private List<Rung> sharedRungs(QueueDraft draft, QueueDraft.Retry.Shared shared) {
    String enter =
        shared.via()
            + ".enter"; // not the queue's own name: the embedded broker has one space of names
    String back = shared.via() + ".return";
    add(new ExchangeSpec(enter, "fanout", false, false));
    add(new ExchangeSpec(back, "direct", false, false));
    if (!queues.containsKey(shared.via())) {
      Map<String, Object> arguments = waitArguments(draft, shared.delay(), shared.maxLength());
      arguments.put("x-dead-letter-exchange", back);
      addWaitQueue(shared.via(), arguments);
      bindings.add(new BindingSpec(enter, shared.via(), ""));
    }
    bindings.add(new BindingSpec(back, draft.name(), draft.name()));
    return Collections.nCopies(shared.attempts(), new Rung(shared.delay(), enter, draft.name()));
  }

  private static Map<String, Object> waitArguments(QueueDraft draft, Duration delay, long length) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    if ("quorum".equals(draft.arguments().get("x-queue-type"))) {
      arguments.put("x-queue-type", "quorum");
      arguments.put("x-dead-letter-strategy", "at-least-once");
    }
    arguments.put("x-message-ttl", delay.toMillis());
    arguments.put("x-max-length", length);
    arguments.put("x-overflow", "reject-publish");
    return arguments;
  }

  private void addWaitQueue(String name, Map<String, Object> arguments) {
    queues.put(name, new QueueSpec(name, arguments, List.of(), Optional.empty(), Role.WAIT));
  }

  private void add(ExchangeSpec exchange) {
    exchanges.putIfAbsent(exchange.name(), exchange);
  }
}
