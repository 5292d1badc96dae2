package dev.serai.delivery;

import dev.serai.broker.ReceivedMessage;
import dev.serai.topology.Topologies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides where a failed message goes, from the topology files alone. */
final class Plans {
  private final Topologies topologies;

  Plans(Topologies topologies) {
    this.topologies = topologies;
  }

  /**
   * The next wait of the queue's ladder; when none is left, the parking place.
   *
   * @param failures attempts that have failed, this one included
   * @param atLeast shortest wait that the target asks for
   */
  Plan retry(ReceivedMessage message, int failures, Duration atLeast) {
    List<Topologies.Rung> rungs = rungs(message.queue());
    RetryLadder ladder = new RetryLadder(rungs.stream().map(Topologies.Rung::delay).toList());
    OptionalInt index = ladder.rungAfter(failures, atLeast);
    if (index.isEmpty()) {
      return park(message, failures);
    }
    Topologies.Rung rung = rungs.get(index.getAsInt());
    return new Plan(
        Plan.Next.WAIT,
        rung.exchange(),
        rung.routingKey(),
        failures,
        ladder.attempts(),
        rung.delay());
  }

  /**
   * The parking queue; without one, where the broker would send a dead letter of the queue.
   *
   * @param failures attempts that have failed, this one included
   */
  Plan park(ReceivedMessage message, int failures) {
    int attempts = rungs(message.queue()).size() + 1;
    Topologies.QueueSpec queue = topologies.queues().get(message.queue());
    Optional<String> park = queue == null ? Optional.empty() : queue.park();
    if (park.isPresent()) {
      return new Plan(Plan.Next.PARK, "", park.get(), failures, attempts, Duration.ZERO);
    }
    if (queue != null && queue.arguments().get("x-dead-letter-exchange") instanceof String to) {
      Object key =
          queue.arguments().getOrDefault("x-dead-letter-routing-key", message.routingKey());
      return new Plan(Plan.Next.PARK, to, key.toString(), failures, attempts, Duration.ZERO);
    }
    return new Plan(Plan.Next.NONE, "", "", failures, attempts, Duration.ZERO);
  }

  private List<Topologies.Rung> rungs(String queue) {
    Topologies.QueueSpec spec = topologies.queues().get(queue);
    return spec == null ? List.of() : spec.retry();
  }
}
