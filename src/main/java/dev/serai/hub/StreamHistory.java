package dev.serai.hub;

import dev.serai.files.TimeText;
import dev.serai.hub.Forgetting.Surplus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What routes do about the history of streams; bean {@code streamHistory}. Thread-safe. */
@Component("streamHistory")
public class StreamHistory {
  private final Forgetting forgetting;

  /** Updates that are deleted at once; more when it would take more parts than these. */
  private static final int LEAST = 200;

  private static final int MOST_PARTS = 200;

  private final Deque<Surplus> surplus = new ArrayDeque<>();
  private long part = LEAST;
  private final Map<Channel, Long> rows = new ConcurrentHashMap<>();

  StreamHistory(Archive archive, MeterRegistry meters) {
    this.forgetting = archive.forgetting();
    for (Channel channel : Channel.values()) {
      Gauge.builder("serai.streams.history.rows", () -> rows.getOrDefault(channel, 0L))
          .tag("channel", channel.label())
          .register(meters);
    }
  }

  /**
   * Deletes a part of what is older than an age, and of what is more than the latest updates of
   * each topic: little enough that those that follow streams hardly wait for it.
   *
   * @param age such as {@code 24h}
   * @param perTopic from 1
   * @return whether more is left
   */
  public synchronized boolean forget(String age, int perTopic) {
    if (surplus.isEmpty()) {
      look(time(age), perTopic);
    }
    long left = part;
    while (left > 0 && !surplus.isEmpty()) {
      Surplus next = surplus.remove();
      int most = (int) Math.max(1, Math.min(left, next.count()));
      forgetting.forget(next, most).ifPresent(surplus::addFirst);
      left -= most;
    }
    return !surplus.isEmpty();
  }

  private void look(Duration age, int perTopic) {
    forgetting.forgetLosses(age);
    for (Channel channel : Channel.values()) {
      forgetting.older(channel, age).ifPresent(surplus::add);
      surplus.addAll(forgetting.crowded(channel, perTopic));
    }
    long all = surplus.stream().mapToLong(Surplus::count).sum();
    part = Math.max(LEAST, all / MOST_PARTS);
    rows.putAll(forgetting.rows());
  }

  private static Duration time(String age) {
    return TimeText.read(age)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "bad-value: \"%s\" is no time; write one such as 24h".formatted(age)));
  }
}
