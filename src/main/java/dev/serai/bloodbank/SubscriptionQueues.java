package dev.serai.bloodbank;

import dev.serai.broker.ConnectionState;
import dev.serai.broker.MovingQueues;
import dev.serai.http.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.stereotype.Component;

/** The queues of subscriptions on the broker, and who consumes them here. Thread-safe. */
@Component
class SubscriptionQueues {
  /** What the route that delivers calls the set of queues that it consumes. */
  private static final String SET = "bloodbank-subscriptions";

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionQueues.class);

  private final SubscriptionBindings broker;
  private final ConnectionState state;
  private final MovingQueues consumed;
  private final Map<String, Subscription> declared = new HashMap<>(); // over this connection
  private long connection = -1;
  private volatile Map<String, String> webhooks = Map.of(); // by queue

  SubscriptionQueues(SubscriptionBindings broker, ConnectionState state, MovingQueues consumed) {
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
    if (state.connected()) {
      Set<String> left = all.stream().map(Subscription::id).collect(Collectors.toSet());
      List.copyOf(declared.values()).stream()
          .filter(subscription -> !left.contains(subscription.id()))
          .forEach(this::takeAwayRemoved);
      if (connection != state.reconnections()) {
        declared.keySet().removeAll(left); // what has still to be taken away stays
        connection = state.reconnections();
      }
      all.stream()
          .filter(subscription -> !declared.containsKey(subscription.id()))
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

  /** What this process may have declared of one that is gone, or never came to be. */
  private void takeAwayRemoved(Subscription subscription) {
    try {
      if (subscription.webhook() != null) {
        broker.takeAway(subscription);
      }
      declared.remove(subscription.id());
    } catch (AmqpException e) { // at the next look
      LOG.debug("The queue of {} is not taken away yet", subscription, e);
    }
  }

  /** The webhook that brings the events of a queue; null for one that is not known here. */
  @Nullable String webhook(String queue) {
    return webhooks.get(queue);
  }

  private void tryToDeclare(Subscription subscription) {
    try {
      broker.declare(subscription);
      declared.put(subscription.id(), subscription);
    } catch (AmqpException e) { // the others go on; this one at the next look
      LOG.debug("{} is not declared yet", subscription, e);
    }
  }

  /**
   * Declares the queue of one and binds it.
   *
   * @throws ProblemException 409 for a queue that is there with other settings, 503 when the broker
   *     is away
   */
  synchronized void make(Subscription subscription) throws ProblemException {
    declared.put(subscription.id(), subscription); // from now on there may be a part of it
    try {
      broker.declare(subscription);
    } catch (AmqpException e) {
      takeAwayRemoved(subscription);
      throw broker.failed(subscription, e);
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
      broker.takeAway(subscription);
    } catch (AmqpException e) {
      throw broker.failed(subscription, e);
    }
    declared.remove(subscription.id());
    forget.run();
  }
}
