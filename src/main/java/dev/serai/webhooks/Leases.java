package dev.serai.webhooks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * All deliveries that this process holds: waiting, under way, or with a result that is not written
 * yet. Thread-safe.
 */
@Component("webhookLeases")
class Leases {
  private final Map<Key, Held> held = new ConcurrentHashMap<>();

  private record Key(String endpointId, String messageId) {
    static Key of(Held delivery) {
      return new Key(delivery.endpointId(), delivery.messageId());
    }
  }

  /**
   * Notes a delivery.
   *
   * @return false when this process still holds it although its lease was over: then that one goes
   *     on, with the new lease
   */
  boolean add(Held fresh, long now) {
    Held kept =
        held.merge(Key.of(fresh), fresh, (old, same) -> old.lease().left(now) > 0 ? same : old);
    if (kept != fresh) {
      kept.lease().renew(fresh.lease().end());
    }
    return kept == fresh;
  }

  /** Those of them that this process does not hold yet, which are noted. */
  List<Held> add(List<Held> fresh, long now) {
    return fresh.stream().filter(delivery -> add(delivery, now)).toList();
  }

  /** They are not held any more. */
  void remove(Collection<Held> gone) {
    gone.forEach(delivery -> held.remove(Key.of(delivery), delivery));
  }

  /** Those whose leases end within a time, but have not ended. */
  List<Held> ending(long nanos, long now) {
    return held.values().stream()
        .filter(delivery -> delivery.lease().left(now) > 0 && delivery.lease().left(now) < nanos)
        .toList();
  }
}
