package dev.serai.hub;

import dev.serai.http.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who is connected, and refuses more than may be. Thread-safe. */
final class Attendance {
  private final HubSettings.Most most;
  private final MeterRegistry meters;
  private final Map<Channel, AtomicInteger> connected =
      Map.of(Channel.SSE, new AtomicInteger(), Channel.WEBSOCKET, new AtomicInteger());
  private final Map<String, Integer> perClient = new ConcurrentHashMap<>();

  Attendance(HubSettings.Most most, MeterRegistry meters) {
    this.most = most;
    this.meters = meters;
    Gauge.builder("serai.sse.connections", () -> connected(Channel.SSE)).register(meters);
    Gauge.builder("serai.websocket.connections", () -> connected(Channel.WEBSOCKET))
        .register(meters);
    for (Channel channel : Channel.values()) {
      for (Ending ending : Ending.values()) {
        ended(channel, ending, 0); // a counter that is there from the start shows the first one
      }
    }
  }

  private int connected(Channel channel) {
    return counter(channel).get();
  }

  private AtomicInteger counter(Channel channel) {
    return Objects.requireNonNull(connected.get(channel));
  }

  /**
   * Refuses one more when there are as many as may be.
   *
   * @throws ProblemException 503 {@code too-many-clients}, or 429 {@code too-many-connections} if
   *     it is this client that has too many
   */
  void check(String client) throws ProblemException {
    if (all() >= most.connections()) {
      throw new ProblemException(
          503,
          "too-many-clients",
          "As many clients are connected as streams.most.connections allows.",
          List.of());
    }
    if (of(client) >= most.perClient()) {
      throw new ProblemException(
          429,
          "too-many-connections",
          "This client has as many connections as streams.most.per-client allows.",
          List.of());
    }
  }

  private int all() {
    return connected.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private int of(String client) {
    return perClient.getOrDefault(client, 0);
  }

  /** Counts one that has come; whether it may stay. */
  boolean enter(Channel channel, String client) {
    counter(channel).incrementAndGet();
    int ofClient = perClient.merge(client, 1, Integer::sum);
    return all() <= most.connections() && ofClient <= most.perClient();
  }

  /** Counts one that has gone. */
  void leave(Channel channel, String client) {
    counter(channel).decrementAndGet();
    perClient.computeIfPresent(client, (name, number) -> number == 1 ? null : number - 1);
  }

  /** Counts a stream that this side has ended. */
  void ended(Channel channel, Ending ending) {
    ended(channel, ending, 1);
  }

  private void ended(Channel channel, Ending ending, int more) {
    meters
        .counter("serai.streams.ended", "channel", channel.label(), "reason", ending.reason())
        .increment(more);
  }
}
