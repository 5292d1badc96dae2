package dev.serai.hub;

import dev.serai.files.TimeText;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What routes do about the history of streams; bean {@code streamHistory}. Thread-safe. */
@Component("streamHistory")
public class StreamHistory {
  private final Forgetting forgetting;
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
   * Deletes what is older than an age, and all but the latest updates of each topic.
   *
   * @param age such as {@code 24h}
   * @param perTopic from 1
   */
  public void forget(String age, int perTopic) {
    forgetting.keepYounger(
        TimeText.read(age)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "bad-value: \"%s\" is no time; write one such as 24h".formatted(age))));
    for (Channel channel : Channel.values()) {
      forgetting.keepLatest(channel, perTopic);
    }
    rows.putAll(forgetting.rows());
  }
}
