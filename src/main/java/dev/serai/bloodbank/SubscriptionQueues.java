package dev.serai.bloodbank;

import dev.serai.broker.ConnectionState;
import dev.serai.broker.MovingQueues;
import dev.serai.http.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.stereotype.Component;

/** The queues of subscriptions on the broker, and who consumes them here. Thread-safe. */
@Component
class SubscriptionQueues {
  /** What the route that delivers calls the set of queues that it consumes. */
  private static final String SET = "bloodbank-subscriptions";

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionQueues.class);

  private final RabbitAdmin broker;
  private final ConnectionState state;
  private final MovingQueues consumed;
  private final Set<String> declared = new HashSet<>(); // ids, over the latest connection
  private long connection = -1;
  private volatile Map<String, String> webhooks = Map.of(); // by queue

  SubscriptionQueues(RabbitAdmin broker, ConnectionState state, MovingQueues consumed) {
    this.broker = broker;
    this.state = state;
    this.consumed = consumed;
  }

  /**
   * Declares and consumes the queues of all subscriptions, and no others. What is there already
   * costs nothing; after a lost connection all are declared again.
   *
   * @param subscriptions asked when nobody else adds or removes any here
   */
  synchronized void use(Supplier<List<Subscription>> subscriptions) {
    List<Subscription> all = subscriptions.get();
    if (state.connected() && connection != state.reconnections()) {
      declared.clear();
      connection = state.reconnections();
    }
    declared.retainAll(all.stream().map(Subscription::id).toList());
    if (state.connected()) {
      all.stream()
          .filter(subscription -> !declared.contains(subscription.id()))
          .forEach(this::tryToDeclare);
    }
    Map<String, String> brought =
        all.stream()
            .filter(subscription -> subscription.webhook() != null)
            .collect(
                Collectors.toMap(
                    Subscription::queue, s -> String.valueOf(s.webhook()), (a, b) -> a));
    webhooks = brought;
    consumed.use(SET, brought.keySet());
  }

  /** The webhook that brings the events of a queue; null for one that is not known here. */
  @Nullable String webhook(String queue) {
    return webhooks.get(queue);
  }

  private void tryToDeclare(Subscription subscription) {
    try {
      declare(subscription);
    } catch (AmqpException e) { // the others go on; this one at the next look
      LOG.debug("{} is not declared yet", subscription, e);
    }
  }

  private void declare(Subscription subscription) {
    broker.declareQueue(new Queue(subscription.queue(), true));
    broker.declareBinding(binding(subscription));
    declared.add(subscription.id());
  }

  /**
   * Declares the queue of one and binds it.
   *
   * @throws ProblemException 409 for a queue that is there with other settings, 503 when the broker
   *     is away
   */
  synchronized void make(Subscription subscription) throws ProblemException {
    try {
      declare(subscription);
    } catch (AmqpException e) {
      throw failed(subscription, e);
    }
  }

  /**
   * Ends the binding of one; its queue goes too, unless the subscriber reads it.
   *
   * @param forget done then, before anybody looks which there are
   * @throws ProblemException 503 when the broker is away
   */
  synchronized void end(Subscription subscription, Runnable forget) throws ProblemException {
    try {
      broker.removeBinding(binding(subscription));
      if (subscription.webhook() != null) {
        broker.deleteQueue(subscription.queue());
      }
      declared.remove(subscription.id());
      forget.run();
    } catch (AmqpException e) {
      throw failed(subscription, e);
    }
  }

  private static Binding binding(Subscription subscription) {
    return new Binding(
        subscription.queue(),
        Binding.DestinationType.QUEUE,
        BusQueues.EXCHANGE,
        subscription.pattern(),
        Map.of());
  }

  private ProblemException failed(Subscription subscription, AmqpException failure) {
    boolean conflict = state.connected() && String.valueOf(cause(failure)).contains("PRECONDITION");
    ProblemException problem =
        conflict
            ? new ProblemException(
                409,
                "queue-conflict",
                "The queue \"%s\" is there already with other settings; bind it yourself, or name another."
                    .formatted(subscription.queue()),
                List.of())
            : new ProblemException(
                503,
                "broker-unavailable",
                "The broker cannot be told of the subscription now; send it again.",
                List.of());
    problem.initCause(failure);
    return problem;
  }

  private static Throwable cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
