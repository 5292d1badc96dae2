package dev.serai.webhooks;

import dev.serai.topology.KeyPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes events: stores them with who has to get them, and begins with the deliveries. What was
 * taken before changes nothing. Thread-safe.
 */
@Component("webhookIntake")
class Intake {
  private final Messages messages;
  private final TransactionTemplate transactions;
  private final Directory directory;
  private final Deliverer deliverer;
  private final Calls calls;
  private final Duration lease;

  Intake(
      Messages messages,
      TransactionTemplate transactions,
      Directory directory,
      Deliverer deliverer,
      Calls calls) {
    this.messages = messages;
    this.transactions = transactions;
    this.directory = directory;
    this.deliverer = deliverer;
    this.calls = calls;
    this.lease = calls.lease();
  }

  /**
   * Takes events, all or none.
   *
   * @param target id of an endpoint, or empty for all that want them
   * @throws IllegalStateException {@code no-such-webhook}, when there is no endpoint with that id
   */
  void take(List<Incoming> events, String target) {
    List<Messages.Due> made = new ArrayList<>();
    long leaseEnd = System.nanoTime() + lease.toNanos();
    boolean stored = false;
    try {
      transactions.executeWithoutResult(status -> store(events, target, made));
      stored = true;
    } finally {
      for (Messages.Due due : made) {
        if (due.held() && !stored) {
          deliverer.release(due.endpointId(), due.event().body().length);
        }
      }
    }
    for (Messages.Due due : made) {
      if (due.held()) {
        Incoming event = due.event();
        deliverer.put(
            new Held(
                due.endpointId(),
                event.id(),
                0,
                event.headers(),
                event.body(),
                new Lease(leaseEnd)));
      } else if (due.pause().isZero()) {
        deliverer.more(due.endpointId());
      }
    }
  }

  private void store(List<Incoming> events, String target, List<Messages.Due> made) {
    Map<String, Directory.Entry> known = directory.current().entries();
    if (!target.isEmpty() && !known.containsKey(target)) {
      throw new IllegalStateException(
          "no-such-webhook: there is no webhook %s; name one of GET /webhooks".formatted(target));
    }
    Collection<Directory.Entry> all = known.values();
    deliverer.refresh();
    List<Incoming> wanted =
        events.stream()
            .filter(event -> all.stream().anyMatch(e -> wants(e, event, target)))
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    Messages.Sorted sorted = messages.sort(wanted);
    messages.add(sorted.fresh());
    for (Incoming event : sorted.fresh()) {
      for (Directory.Entry entry : all) {
        if (wants(entry, event, target) && entry.endpoint().isWaitedFor()) {
          made.add(due(event, entry.endpoint()));
        }
      }
    }
    Set<String> delivered = messages.delivered(sorted.known());
    for (Incoming event : sorted.known()) {
      for (Directory.Entry entry : all) {
        if (wants(entry, event, target)
            && entry.endpoint().isWaitedFor()
            && !delivered.contains(event.id() + " " + entry.endpoint().id())) {
          made.add(due(event, entry.endpoint()));
        }
      }
    }
    messages.deliver(made, lease);
  }

  private Messages.Due due(Incoming event, Endpoint endpoint) {
    Duration wait = calls.schedule(endpoint).first();
    boolean now =
        wait.isZero()
            && endpoint.isActive()
            && deliverer.reserve(endpoint.id(), event.body().length);
    return new Messages.Due(event, endpoint.id(), wait, now);
  }

  private static boolean wants(Directory.Entry entry, Incoming event, String target) {
    return target.isEmpty()
        ? KeyPattern.anyMatches(entry.patterns(), event.type())
        : entry.endpoint().id().equals(target);
  }
}
