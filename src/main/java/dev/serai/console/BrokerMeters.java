package dev.serai.console;

import dev.serai.broker.ConnectionState;
import dev.serai.broker.QueueFigures;
import dev.serai.topology.Topologies;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** What the broker says about itself, as meters: queue depths, consumers, the connection. */
@Component
class BrokerMeters implements MeterBinder {
  private final QueueFigures figures;
  private final ConnectionState connection;
  private final Topologies topologies;

  BrokerMeters(QueueFigures figures, ConnectionState connection, Topologies topologies) {
    this.figures = figures;
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
    topologies.queues().keySet().forEach(queue -> bindQueue(registry, queue));
  }

  private static double uptime(ConnectionState state) {
    return state
        .connectedSince()
        .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
        .orElse(0.0);
  }

  private void bindQueue(MeterRegistry registry, String queue) {
    Gauge.builder("serai.queue.messages", figures, of(queue, QueueFigures.Figures::messages))
        .description("Messages that are ready in the queue")
        .tag("queue", queue)
        .tag("state", "ready")
        .register(registry);
    Gauge.builder("serai.queue.consumers", figures, of(queue, QueueFigures.Figures::consumers))
        .description("Consumers of the queue, of all processes")
        .tag("queue", queue)
        .register(registry);
  }

  private static ToDoubleFunction<QueueFigures> of(
      String queue, ToDoubleFunction<QueueFigures.Figures> figure) {
    return figures -> {
      Optional<QueueFigures.Figures> latest = figures.latest(queue);
      return latest.isPresent() ? figure.applyAsDouble(latest.get()) : Double.NaN;
    };
  }
}
