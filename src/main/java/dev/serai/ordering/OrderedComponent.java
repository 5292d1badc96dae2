package dev.serai.ordering;

import dev.serai.endpoints.NamedEndpointUris;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultComponent;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * {@code ordered:queue}: routes get the messages of a queue with partitions, one after the other
 * per key.
 */
@Component("ordered")
class OrderedComponent extends DefaultComponent {
  private final Partitioning partitioning;
  private final Intakes intakes;
  private final CachingConnectionFactory connections;
  private final OrderedMeters meters;
  private final OrderedState state;

  OrderedComponent(
      Partitioning partitioning,
      Intakes intakes,
      CachingConnectionFactory connections,
      OrderedMeters meters,
      OrderedState state) {
    this.partitioning = partitioning;
    this.intakes = intakes;
    this.connections = connections;
    this.meters = meters;
    this.state = state;
    setAutowiredEnabled(false);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters) {
    int window = getAndRemoveParameter(parameters, "window", int.class, 64);
    int workers = getAndRemoveParameter(parameters, "workers", int.class, 32);
    check("window", window);
    check("workers", workers);
    return new OrderedEndpoint(
        uri, this, new OrderedEndpoint.Options(NamedEndpointUris.decoded(queue), window, workers));
  }

  private static void check(String option, int value) {
    if (value < 1 || value > 10_000) {
      throw new IllegalArgumentException(
          "bad-value: %s is %d; write a number from 1 to 10000".formatted(option, value));
    }
  }

  /** The queue of an endpoint; says what to do when it has no partitions. */
  Partitioned queue(String name) {
    return partitioning
        .queue(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no-partitions: the queue \"%s\" has none; add partitions: in topology.yaml"
                        .formatted(name)));
  }

  Intake intake(Partitioned queue, Executor thread) {
    return intakes.of(queue, thread);
  }

  /** One that is not open yet. */
  ReadingConnection reading() {
    return new ReadingConnection(intakes.broker());
  }

  Bodies bodies() {
    return state.bodies();
  }

  HoldingBack holdingBack(Partitioned queue, Consumer<Exchange> park) {
    return new HoldingBack(queue, state.holds(), park);
  }

  CachingConnectionFactory connections() {
    return connections;
  }

  OrderedMeters meters() {
    return meters;
  }

  Processor watch(String queue, Processor route) {
    return meters.consumers().watch(queue, route);
  }
}
