package dev.serai.bloodbank;

import dev.serai.broker.ConnectionState;
import dev.serai.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes the queues of subscriptions on the broker, and takes them away. Thread-safe. */
@Component
class SubscriptionBindings {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionBindings.class);

  private final RabbitAdmin broker;
  private final ConnectionState state;
  private final Map<String, Object> limits;

  /**
   * With limits for queues that Serai empties itself.
   *
   * @param keep of an event in such a queue
   * @param maxLength in events; with one more the oldest goes
   */
  SubscriptionBindings(
      RabbitAdmin broker,
      ConnectionState state,
      @Value("${bloodbank.subscriptions.keep}") Duration keep,
      @Value("${bloodbank.subscriptions.max-length}") long maxLength) {
    this.broker = broker;
    this.state = state;
    this.limits = Map.of("x-message-ttl", keep.toMillis(), "x-max-length", maxLength);
  }

  /** Declares the queue of one and binds it. */
  void declare(Subscription subscription) {
    boolean ours = subscription.webhook() != null;
    try {
      broker.declareQueue(
          new Queue(subscription.queue(), true, false, false, ours ? limits : Map.of()));
    } catch (AmqpException e) {
      if (!ours || !isConflict(e)) {
        throw e;
      }
      LOG.debug("{} keeps the limits with which its queue was made", subscription);
    }
    broker.declareBinding(binding(subscription));
  }

  /** Ends the binding of one; its queue goes too, unless the subscriber reads it. */
  void takeAway(Subscription subscription) {
    broker.removeBinding(binding(subscription));
    if (subscription.webhook() != null) {
      broker.deleteQueue(subscription.queue());
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

  /** Why a request about a subscription failed: 409 for its queue, 503 for the broker. */
  ProblemException failed(Subscription subscription, AmqpException failure) {
    ProblemException problem =
        isConflict(failure)
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

  private boolean isConflict(AmqpException failure) {
    return state.connected() && String.valueOf(cause(failure)).contains("PRECONDITION");
  }

  private static Throwable cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
