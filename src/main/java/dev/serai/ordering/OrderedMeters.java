package dev.serai.ordering;

import dev.serai.broker.ConsumerMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.springframework.stereotype.Component;

/** What consumers of queues with partitions show. */
@Component
class OrderedMeters {
  private final MeterRegistry registry;
  private final ConsumerMeters consumers;

  OrderedMeters(MeterRegistry registry, ConsumerMeters consumers) {
    this.registry = registry;
    this.consumers = consumers;
  }

  /** Those that all consumers have. */
  ConsumerMeters consumers() {
    return consumers;
  }

  /** Shows the windows of a queue; to be removed with {@link #remove}. */
  List<Meter> show(String queue, List<Partition> partitions) {
    return List.of(
        Gauge.builder("serai.ordered.window", () -> sum(partitions, Link::size))
            .description("Messages in the windows of a queue's partitions, not acknowledged")
            .tag("queue", queue)
            .strongReference(true)
            .register(registry),
        Gauge.builder("serai.ordered.keys.waiting", () -> sum(partitions, Link::waiting))
            .description("Keys whose first message has failed and waits for its next attempt")
            .tag("queue", queue)
            .strongReference(true)
            .register(registry));
  }

  private static int sum(List<Partition> partitions, ToIntFunction<Link> figure) {
    return partitions.stream()
        .map(Partition::link)
        .flatMap(Optional::stream)
        .mapToInt(figure)
        .sum();
  }

  void remove(List<Meter> shown) {
    shown.forEach(registry::remove);
  }

  /** Time in the window before an attempt begins, behind others of the key or for a worker. */
  Timer waited(String queue) {
    return Timer.builder("serai.ordered.wait")
        .description("Time from the delivery of a message to its first attempt")
        .tag("queue", queue)
        .register(registry);
  }
}
