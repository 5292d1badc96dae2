package dev.serai.console;

import dev.serai.broker.BrokerTotals;
import dev.serai.broker.ConnectionState;
import dev.serai.broker.QueueFigures;
import dev.serai.topology.LiveTopologies;
import dev.serai.topology.Topologies;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the broker says about itself, as meters: queue depths, consumers, the connection. */
@Component
class BrokerMeters implements MeterBinder {
  private final QueueFigures figures;
  private final BrokerTotals totals;
  private final ConnectionState connection;
  private final Topologies topologies;
  private @Nullable MultiGauge messages;
  private @Nullable MultiGauge consumers;

  BrokerMeters(
      QueueFigures figures,
      BrokerTotals totals,
      ConnectionState connection,
      Topologies topologies) {
    this.figures = figures;
    this.totals = totals;
    this.connection = connection;
    this.topologies = topologies;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("serai.connection.up", connection, c -> c.connected() ? 1 : 0)
        .description("1 while the broker can be reached")
        .register(registry);
    TimeGauge.builder("serai.connection.uptime", connection, TimeUnit.SECONDS, BrokerMeters::uptime)
        .description("Time since the broker was connected; 0 while it is away")
        .register(registry);
    FunctionCounter.builder("serai.reconnects", connection, ConnectionState::reconnections)
        .description("Connections to the broker that were made after one was lost")
        .register(registry);
    Gauge.builder("serai.broker.unacked", totals, of(BrokerTotals.Totals::unacked))
        .description("Messages that consumers have and have not acknowledged, in the whole broker")
        .register(registry);
    Gauge.builder("serai.broker.channels", totals, of(BrokerTotals.Totals::channels))
        .description("Open channels of the whole broker")
        .register(registry);
    Gauge.builder("serai.broker.connections", totals, of(BrokerTotals.Totals::connections))
        .description("Open connections of the whole broker")
        .register(registry);
    messages =
        MultiGauge.builder("serai.queue.messages")
            .description("Messages that are ready in the queue")
            .register(registry);
    consumers =
        MultiGauge.builder("serai.queue.consumers")
            .description("Consumers of the queue, of all processes")
            .register(registry);
    bindQueues();
  }

  /** For the queues that are in use now, and no other. */
  @EventListener(LiveTopologies.Changed.class)
  void bindQueues() {
    if (messages != null && consumers != null) {
      messages.register(rows(Tags.of("state", "ready"), QueueFigures.Figures::messages), true);
      consumers.register(rows(Tags.empty(), QueueFigures.Figures::consumers), true);
    }
  }

  private List<Row<?>> rows(Tags tags, ToDoubleFunction<QueueFigures.Figures> figure) {
    return topologies.queues().keySet().stream()
        .<Row<?>>map(queue -> Row.of(tags.and("queue", queue), figures, of(queue, figure)))
        .toList();
  }

  private static double uptime(ConnectionState state) {
    return state
        .connectedSince()
        .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
        .orElse(0.0);
  }

  private static ToDoubleFunction<BrokerTotals> of(ToDoubleFunction<BrokerTotals.Totals> figure) {
    return totals -> totals.latest().map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private static ToDoubleFunction<QueueFigures> of(
      String queue, ToDoubleFunction<QueueFigures.Figures> figure) {
    return figures -> {
      Optional<QueueFigures.Figures> latest = figures.latest(queue);
      return latest.isPresent() ? figure.applyAsDouble(latest.get()) : Double.NaN;
    };
  }
}
