package dev.serai.webhooks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Counts deliveries. Thread-safe. */
@Component("webhookMeters")
class WebhookMeters {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final MeterRegistry registry;
  private final JdbcTemplate jdbc;
  private final Timer took;
  private final MultiGauge disabled;
  private final MultiGauge pending;
  private final Map<String, Counter> attempts = new ConcurrentHashMap<>();
  private long since = System.nanoTime() - FRESH.toNanos();

  WebhookMeters(MeterRegistry registry, JdbcTemplate jdbc) {
    this.registry = registry;
    this.jdbc = jdbc;
    took =
        Timer.builder("serai.webhook.attempt")
            .description("Time of attempts to deliver to webhooks, up to the end of the answer")
            .register(registry);
    disabled =
        MultiGauge.builder("serai.webhook.endpoint.disabled")
            .description("1 while Serai makes no deliveries to the webhook")
            .register(registry);
    pending =
        MultiGauge.builder("serai.webhook.pending")
            .description("Deliveries that have still to be made")
            .register(registry);
  }

  /** An attempt has ended. */
  void count(String endpointId, Outcome outcome, Duration time) {
    attempts
        .computeIfAbsent(
            endpointId + " " + outcome.statusClass(),
            key ->
                Counter.builder("serai.webhook.attempts")
                    .description("Attempts to deliver to webhooks")
                    .tag("endpoint", endpointId)
                    .tag("status_class", outcome.statusClass())
                    .register(registry))
        .increment();
    took.record(time);
  }

  /** An endpoint is no more: nobody asks for its counters. */
  void forget(String endpointId) {
    attempts
        .entrySet()
        .removeIf(
            each -> {
              boolean its = each.getKey().startsWith(endpointId + " ");
              if (its) {
                registry.remove(each.getValue());
              }
              return its;
            });
  }

  private record Waiting(String id, boolean active, long count) {}

  /** Reads what is asked of the store anew, but not too often. */
  synchronized void look() {
    if (System.nanoTime() - since < FRESH.toNanos()) {
      return;
    }
    List<Row<?>> disabledNow = new ArrayList<>();
    List<Row<?>> pendingNow = new ArrayList<>();
    for (Waiting each : read()) {
      Tags tags = Tags.of("endpoint", each.id());
      disabledNow.add(Row.of(tags, each.active() ? 0 : 1));
      pendingNow.add(Row.of(tags, each.count()));
    }
    disabled.register(disabledNow, true);
    pending.register(pendingNow, true);
    since = System.nanoTime();
  }

  private List<Waiting> read() {
    return jdbc.query(
        "SELECT id, enabled AND disabled IS NULL, (SELECT COUNT(*) FROM webhook_delivery"
            + " WHERE endpoint_id = webhook_endpoint.id AND due_at IS NOT NULL)"
            + " FROM webhook_endpoint",
        (row, index) -> new Waiting(row.getString(1), row.getBoolean(2), row.getLong(3)));
  }
}
