package dev.serai.mercure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.hub.BadUpdateException;
import dev.serai.hub.Channel;
import dev.serai.hub.Hub;
import dev.serai.hub.TopicSelector;
import dev.serai.hub.Update;
import dev.serai.hub.Visit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Knows who is connected to the Mercure hub of this process, and tells others when somebody comes
 * and goes, if {@code serai.mercure.subscriptions} says so. Thread-safe.
 */
@Component
class Attendants {
  private static final Logger LOG = LoggerFactory.getLogger(Attendants.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "mercure"; // of the events of version 1.0

  private final Hub hub;
  private final boolean noted;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final Map<String, List<Presence>> bySubscriber = new ConcurrentHashMap<>();

  Attendants(Hub hub, MercureSettings settings) {
    this.hub = hub;
    this.noted = settings.subscriptions();
  }

  /** Somebody comes who follows these. */
  Visit expect(List<TopicSelector> selectors, @Nullable Object payload) {
    if (!noted) {
      return Visit.UNNOTED;
    }
    String subscriber = "urn:uuid:" + UUID.randomUUID();
    List<Presence> presences =
        selectors.stream()
            .distinct()
            .map(selector -> new Presence(selector, subscriber, payload))
            .toList();
    return new Visit() {
      @Override
      public void begins() {
        bySubscriber.put(subscriber, presences);
        presences.forEach(presence -> tell(presence, true));
      }

      @Override
      public void ends() {
        bySubscriber.remove(subscriber);
        presences.forEach(presence -> tell(presence, false));
      }
    };
  }

  /** All that there are now. */
  List<Presence> all() {
    return bySubscriber.values().stream().flatMap(List::stream).toList();
  }

  private void tell(Presence presence, boolean active) {
    try {
      Update update =
          new Update(
              List.of(presence.path()),
              JSON.writeValueAsString(presence.said(active)),
              true,
              null,
              presence.isDetailed() ? TYPE : null,
              null);
      hub.publish(Channel.SSE, update, null)
          .whenComplete(
              (id, failure) -> {
                if (failure == null) {
                  failing.set(false);
                } else if (failing.compareAndSet(false, true)) { // as many as clients may fail
                  LOG.warn("presence-untold: {}", failure.getMessage());
                }
              });
    } catch (BadUpdateException | JsonProcessingException e) { // its path is too long for a topic
      LOG.debug("Nobody is told of a subscription", e);
    }
  }
}
