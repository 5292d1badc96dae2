package dev.serai.bloodbank;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.publish.PublishTarget;
import dev.serai.topology.Topologies;
import java.util.List;
import org.springframework.stereotype.Component;

/** What callers may name: queues of the bus, or that no file of Serai knows, and the bus's keys. */
@Component
class BusQueues {
  /** The exchange of the bus. */
  static final String EXCHANGE = "bloodbank.events.v1";

  private final Topologies topologies;

  BusQueues(Topologies topologies) {
    this.topologies = topologies;
  }

  /**
   * Refuses a queue that something else is for, such as tasks or messages that wait.
   *
   * @param place of the name in the request
   * @throws ProblemException 422 {@code unknown-queue}
   */
  void checkOpen(String queue, String place) throws ProblemException {
    boolean bound =
        topologies.bindings().stream()
            .anyMatch(
                binding -> binding.exchange().equals(EXCHANGE) && binding.queue().equals(queue));
    if (isOurs(queue) && !bound) {
      throw refused(
          queue, place, "is for something else; name a queue that is bound to " + EXCHANGE);
    }
  }

  /**
   * Refuses a queue that a file of Serai declares.
   *
   * @param place of the name in the request
   * @throws ProblemException 422 {@code unknown-queue}
   */
  void checkForeign(String queue, String place) throws ProblemException {
    if (isOurs(queue)) {
      throw refused(queue, place, "is declared in a topology.yaml; bind it there");
    }
  }

  /**
   * Refuses a routing key that no event may have.
   *
   * @throws ProblemException 400 {@code bad-routing-key}
   */
  void checkKey(String key) throws ProblemException {
    Topologies.ExchangeSpec bus = topologies.exchanges().get(EXCHANGE);
    if (bus != null) { // its file is there as a rule
      PublishTarget.checkKey(bus, key);
    }
  }

  private boolean isOurs(String queue) {
    return topologies.queues().containsKey(queue) || queue.startsWith("amq.");
  }

  private static ProblemException refused(String queue, String place, String why) {
    return new ProblemException(
        422,
        "unknown-queue",
        "The queue \"%s\" %s.".formatted(queue, why),
        List.of(new FieldError(place, why)));
  }
}
