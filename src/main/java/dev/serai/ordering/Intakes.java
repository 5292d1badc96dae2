package dev.serai.ordering;

import dev.serai.broker.Publisher;
import dev.serai.topology.Topologies;
import org.springframework.stereotype.Component;

/** Makes the intakes of queues with partitions. */
@Component
class Intakes {
  private final Publisher publisher;
  private final Topologies topologies;

  Intakes(Publisher publisher, Topologies topologies) {
    this.publisher = publisher;
    this.topologies = topologies;
  }

  Intake of(Partitioned queue) {
    return new Intake(queue, publisher, topologies);
  }
}
