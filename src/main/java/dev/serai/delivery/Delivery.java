package dev.serai.delivery;

import dev.serai.broker.Deliveries;
import dev.serai.broker.ReceivedMessage;
import dev.serai.broker.Traced;
import dev.serai.topology.Topologies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Plans and records what happens to a message whose attempt failed; bean {@code delivery} of the
 * policies and blocks. Sending it there is the blocks' part.
 *
 * <p>A plan leaves its kind ({@code wait}, {@code park}, {@code none}) in the exchange property
 * {@code seraiNext}, the destination in the headers that the producer reads, and the message's
 * history in its {@code serai-} headers. Safe for concurrent use.
 */
@Component("delivery")
public class Delivery {
  private static final String NEXT = "seraiNext";
  private static final String PLAN = "seraiPlan";
  private static final int ERROR_LENGTH = 1000;

  private final Topologies topologies;
  private final Plans plans;
  private final Outcomes outcomes;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  @Autowired
  Delivery(Topologies topologies, Outcomes outcomes, ApplicationEventPublisher events) {
    this(topologies, outcomes, events, Clock.systemUTC());
  }

  Delivery(
      Topologies topologies, Outcomes outcomes, ApplicationEventPublisher events, Clock clock) {
    this.topologies = topologies;
    this.plans = new Plans(topologies);
    this.outcomes = outcomes;
    this.events = events;
    this.clock = clock;
  }

  /** Plans the next attempt: {@code wait}, or as {@link #planPark} when none is left. */
  public void planRetry(Exchange exchange) {
    ReceivedMessage received = received(exchange);
    History history = history(exchange, received);
    Duration atLeast = RetryAfterException.wantedBy(failure(exchange));
    int failures = history.failures() + 1;
    boolean tooLong = KeptMessage.of(exchange) != null && !KeptMessage.canLast(atLeast);
    prepare(
        exchange,
        history,
        tooLong ? plans.park(received, failures) : plans.retry(received, failures, atLeast));
  }

  /** Plans to take the message out of the way: {@code park}, or {@code none} without a place. */
  public void planPark(Exchange exchange) {
    ReceivedMessage received = received(exchange);
    History history = history(exchange, received);
    prepare(exchange, history, plans.park(received, history.failures() + 1));
  }

  private History history(Exchange exchange, ReceivedMessage received) {
    KeptMessage kept = KeptMessage.of(exchange);
    return kept == null ? History.of(received, topologies) : kept.history();
  }

  private void prepare(Exchange exchange, History history, Plan plan) {
    Throwable failure = failure(exchange);
    Message message = exchange.getMessage();
    Instant now = clock.instant();
    exchange.setProperty(PLAN, plan);
    exchange.setProperty(NEXT, plan.next().text());
    message.setHeader(SpringRabbitMQConstants.EXCHANGE_OVERRIDE_NAME, name(plan.exchange()));
    message.setHeader(SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, plan.routingKey());
    message.setHeader(DeliveryHeaders.ATTEMPT, plan.attempt());
    message.setHeader(ReceivedMessage.ROUTING_KEY, received(exchange).publishedKey());
    message.setHeader(DeliveryHeaders.ORIGIN, received(exchange).queue());
    message.setHeader(
        DeliveryHeaders.FIRST_FAILED_AT, history.firstFailedAt().orElse(now).toString());
    message.setHeader(DeliveryHeaders.ERROR, text(failure));
    message.setHeader(DeliveryHeaders.ERROR_TYPE, failure.getClass().getName());
    message.setHeader(DeliveryHeaders.ROUTE, route(exchange));
    message.setHeader(DeliveryHeaders.REPLAYS, history.replays());
    if (plan.next() == Plan.Next.PARK) {
      message.setHeader(DeliveryHeaders.PARKED_AT, now.toString());
    }
  }

  /** Records that the broker has confirmed the message in its wait queue. */
  public void retried(Exchange exchange) {
    outcomes.retried(attempt(exchange), plan(exchange).delay());
  }

  /**
   * Lets the consumer keep the message, and later ones of its key behind it, until the next
   * attempt.
   */
  public void waitInOrder(Exchange exchange) {
    KeptMessage kept = KeptMessage.of(exchange);
    if (kept == null) {
      throw new IllegalStateException(
          "no-order: a policy that retries in order is for routes from ordered:; route "
              + exchange.getFromRouteId()
              + " is none");
    }
    kept.failed(plan(exchange).delay(), clock.instant());
    outcomes.retried(attempt(exchange), plan(exchange).delay());
    ReceivedMessage received = received(exchange);
    events.publishEvent(
        new Traced(
            Deliveries.again(received, exchange, received.exchange(), received.publishedKey())));
  }

  /** Records that the broker has confirmed the message in its parking queue. */
  public void parked(Exchange exchange) {
    KeptMessage kept = KeptMessage.of(exchange);
    if (kept != null) {
      kept.parked();
    }
    outcomes.parked(attempt(exchange), why(exchange));
  }

  /** Gives the message up and counts it; the last planned step must be recorded nowhere else. */
  public void drop(Exchange exchange) {
    outcomes.dropped(attempt(exchange), why(exchange));
  }

  /** Fails, so that the message stays in its queue: there is no place to park it. */
  public void refuse(Exchange exchange) {
    outcomes.stays(attempt(exchange));
    throw new NowhereToParkException(received(exchange).queue());
  }

  private Outcomes.Attempt attempt(Exchange exchange) {
    ReceivedMessage received = received(exchange);
    Plan plan = plan(exchange);
    return new Outcomes.Attempt(
        route(exchange),
        received,
        plan.attempt() + "/" + plan.attempts(),
        Duration.between(received.receivedAt(), clock.instant()),
        text(failure(exchange)));
  }

  private static String why(Exchange exchange) {
    Throwable failure = failure(exchange);
    Plan plan = plan(exchange);
    return failure instanceof PoisonMessageException
        ? "poison"
        : plan.attempt() >= plan.attempts() ? "attempts-used-up" : "not-retried";
  }

  private static Plan plan(Exchange exchange) {
    Plan plan = exchange.getProperty(PLAN, Plan.class);
    if (plan == null) {
      throw new IllegalStateException("planRetry or planPark comes first");
    }
    return plan;
  }

  private static ReceivedMessage received(Exchange exchange) {
    ReceivedMessage received = ReceivedMessage.of(exchange);
    if (received == null) {
      throw new IllegalStateException(
          "no-message: a retry or park policy is for routes that consume from the broker; route "
              + exchange.getFromRouteId()
              + " does not");
    }
    return received;
  }

  private static Throwable failure(Exchange exchange) {
    Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return caught == null ? new IllegalStateException("No failure was recorded") : caught;
  }

  private static String route(Exchange exchange) {
    String failed = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
    return String.valueOf(failed != null ? failed : exchange.getFromRouteId());
  }

  private static String text(Throwable failure) {
    String text =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    return text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH);
  }

  private static String name(String exchange) {
    return exchange.isEmpty() ? "default" : exchange;
  }
}
