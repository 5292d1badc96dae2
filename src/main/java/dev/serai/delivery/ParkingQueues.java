package dev.serai.delivery;

import dev.serai.http.ProblemException;
import dev.serai.topology.Topologies;
import dev.serai.topology.Topologies.QueueSpec;
import dev.serai.topology.Topologies.Role;
import java.util.List;
import java.util.Optional;

/** The queues of the loaded topologies where failed messages are kept, and who sends there. */
final class ParkingQueues {
  private final Topologies topologies;

  ParkingQueues(Topologies topologies) {
    this.topologies = topologies;
  }

  List<String> names() {
    return topologies.queues().values().stream()
        .filter(queue -> queue.role() == Role.PARK)
        .map(QueueSpec::name)
        .toList();
  }

  /**
   * Makes sure that a name is one of them.
   *
   * @throws ProblemException 404 when it is not
   */
  void check(String name) throws ProblemException {
    QueueSpec queue = topologies.queues().get(name);
    if (queue == null || queue.role() != Role.PARK) {
      throw new ProblemException(
          404,
          "unknown-parking-queue",
          "\"%s\" is not a parking queue; there are: %s"
              .formatted(name, names().isEmpty() ? "none" : String.join(", ", names())),
          List.of());
    }
  }

  /** Whether messages can be sent back to a queue. */
  boolean isWork(String name) {
    QueueSpec queue = topologies.queues().get(name);
    return queue != null && queue.role() == Role.WORK;
  }

  List<String> work() {
    return topologies.queues().values().stream()
        .filter(queue -> queue.role() == Role.WORK)
        .map(QueueSpec::name)
        .toList();
  }

  /** The queues whose messages end in a parking queue. */
  List<String> origins(String parking) {
    return topologies.queues().values().stream()
        .filter(queue -> queue.role() == Role.WORK)
        .filter(queue -> queue.park().filter(parking::equals).isPresent() || dies(queue, parking))
        .map(QueueSpec::name)
        .toList();
  }

  /** The one queue whose dead letters the broker sends to a parking queue; empty if several. */
  Optional<String> onlyOrigin(String parking) {
    List<QueueSpec> candidates =
        topologies.queues().values().stream().filter(queue -> dies(queue, parking)).toList();
    return candidates.size() == 1 ? Optional.of(candidates.get(0).name()) : Optional.empty();
  }

  private boolean dies(QueueSpec queue, String parking) {
    Object exchange = queue.arguments().get("x-dead-letter-exchange");
    if (queue.role() != Role.WORK || exchange == null) {
      return false;
    }
    return exchange.equals("")
        ? parking.equals(queue.arguments().get("x-dead-letter-routing-key"))
        : topologies.bindings().stream()
            .anyMatch(b -> b.exchange().equals(exchange) && b.queue().equals(parking));
  }
}
