package dev.serai.fairness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many tasks wait in the store for their turn, as meters. */
@Component
class LineMeters implements MeterBinder {
  private static final int HIGHEST = 10;
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private Map<Integer, Long> newest = Map.of();
  private long since = System.nanoTime() - FRESH.toNanos();

  LineMeters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (int i = 0; i <= HIGHEST; i++) {
      int priority = i;
      Gauge.builder("serai.tasks.waiting", this, meters -> meters.waiting(priority))
          .description("LLM tasks that wait in the store for their turn")
          .tag("priority", String.valueOf(priority))
          .register(registry);
    }
  }

  /** One reading serves all meters of a scrape. */
  private synchronized double waiting(int priority) {
    if (System.nanoTime() - since >= FRESH.toNanos()) {
      newest = read();
      since = System.nanoTime();
    }
    return newest.getOrDefault(priority, 0L);
  }

  private Map<Integer, Long> read() {
    Map<Integer, Long> waiting = new HashMap<>();
    jdbc.sql(
            "SELECT priority, COUNT(*) AS number FROM task"
                + " WHERE type = 'llm' AND waits_in = 'store' GROUP BY priority")
        .query(
            row -> {
              waiting.put(row.getInt("priority"), row.getLong("number"));
            });
    return waiting;
  }
}
