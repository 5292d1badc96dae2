package dev.serai.broker;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Queues that come and go while a route consumes them, beside those that its file names: a route
 * asks for a set of them with the option {@code moreQueues}. Thread-safe.
 */
@Component
public class MovingQueues {
  private static final Logger LOG = LoggerFactory.getLogger(MovingQueues.class);

  private final Map<String, Set<String>> sets = new HashMap<>();
  private final Map<DirectMessageListenerContainer, String> consumers =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Says which queues a set has from now on. Who consumes it begins with those that are new, and
   * leaves those that are not there any more.
   *
   * @param name of the set
   * @param queues names on the broker
   */
  public synchronized void use(String name, Set<String> queues) {
    Set<String> before = sets.getOrDefault(name, Set.of());
    if (before.equals(queues)) {
      return;
    }
    sets.put(name, Set.copyOf(queues));
    Set<String> gone = minus(before, queues);
    Set<String> fresh = minus(queues, before);
    consumers.forEach(
        (consumer, set) -> {
          if (set.equals(name)) {
            change(consumer, fresh, gone);
          }
        });
  }

  private static void change(
      DirectMessageListenerContainer consumer, Set<String> fresh, Set<String> gone) {
    try {
      if (!gone.isEmpty()) {
        consumer.removeQueueNames(gone.toArray(String[]::new));
      }
      if (!fresh.isEmpty()) {
        consumer.addQueueNames(fresh.toArray(String[]::new));
      }
    } catch (RuntimeException e) { // the container itself goes on trying
      LOG.debug("The consumers of {} and {} are not changed yet", fresh, gone, e);
    }
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /** Lets a consumer follow a set from now on; it begins with what the set has now. */
  synchronized void follow(String name, DirectMessageListenerContainer consumer) {
    consumers.put(consumer, name);
    consumer.addQueueNames(sets.getOrDefault(name, Set.of()).toArray(String[]::new));
  }
}
