package dev.serai.bloodbank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.MessageIds;
import dev.serai.broker.ReceivedMessage;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.webhooks.Webhooks;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Who wants which events, besides the route files. Each has a queue of its own. Bean {@code
 * bloodbankSubscriptions}; thread-safe.
 */
@Component("bloodbankSubscriptions")
public class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final String PREFIX = "bloodbank.subscription.";

  private final SubscriptionRecords records;
  private final SubscriptionQueues queues;
  private final Webhooks webhooks;
  private final BusQueues known;

  Subscriptions(
      SubscriptionRecords records, SubscriptionQueues queues, Webhooks webhooks, BusQueues known) {
    this.records = records;
    this.queues = queues;
    this.webhooks = webhooks;
    this.known = known;
  }

  /**
   * Adds one.
   *
   * @param body as {@code subscription.schema.json} allows it
   * @return with the secret of its webhook, if it has one
   * @throws ProblemException 400 for a pattern or URL that cannot be, 409 or 422 for a queue that
   *     cannot, 503 when the broker is away: then nothing is kept
   */
  public Subscription add(JsonNode body) throws ProblemException {
    String pattern = EventPattern.of(body.path("pattern").asText(), "#/pattern").text();
    String id = MessageIds.next();
    String queue = body.path("queue").asText(PREFIX + id);
    String url = body.path("url").asText(null);
    if (url == null) {
      checkFree(queue);
    }
    String secret = null;
    if (url == null) {
      records.add(id, pattern, queue, null, null);
    } else {
      secret =
          webhooks
              .addOwned(webhook(id, url), webhook -> records.add(id, pattern, queue, url, webhook))
              .secret();
    }
    Subscription made = find(id);
    try {
      queues.make(made);
    } catch (ProblemException e) {
      forget(made);
      throw e;
    }
    try {
      look();
    } catch (DataAccessException e) { // it is kept; the route that looks sees it soon
      LOG.debug("{} is consumed at the next look", made, e);
    }
    return made.with(secret);
  }

  private void checkFree(String queue) throws ProblemException {
    known.checkForeign(queue, "#/queue");
    boolean taken =
        queue.startsWith(PREFIX) || records.all().stream().anyMatch(s -> s.queue().equals(queue));
    if (taken) {
      throw new ProblemException(
          409,
          "queue-conflict",
          "The queue \"%s\" belongs to another subscription; name another.".formatted(queue),
          List.of(new FieldError("#/queue", "is taken")));
    }
  }

  /** A webhook that gets what its queue brings, and nothing else. */
  private static ObjectNode webhook(String id, String url) {
    ObjectNode webhook = JsonNodeFactory.instance.objectNode();
    webhook.put("url", url);
    webhook.put("description", "subscription " + id + " of Bloodbank");
    webhook.putArray("types").add("serai.subscription." + id);
    return webhook;
  }

  private void forget(Subscription subscription) {
    records.remove(subscription.id());
    if (subscription.webhook() != null) {
      webhooks.removeOwned(subscription.webhook());
    }
  }

  /**
   * One of them.
   *
   * @throws ProblemException 404 if there is none
   */
  public Subscription find(String id) throws ProblemException {
    return records
        .find(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    404,
                    "unknown-subscription",
                    "There is no subscription \"%s\".".formatted(id),
                    List.of()));
  }

  /** Those behind the one with this id, in the order in which they were added. */
  public Subscription.Page list(@Nullable String after, int limit) {
    List<Subscription> found = records.list(after, limit + 1);
    return found.size() <= limit
        ? new Subscription.Page(found, null)
        : new Subscription.Page(found.subList(0, limit), found.get(limit - 1).id());
  }

  /**
   * Removes one with its queue and all that waits in it; a queue that the subscriber reads stays.
   *
   * @throws ProblemException 404 if there is none, 503 when the broker is away: then it stays
   */
  public void remove(String id) throws ProblemException {
    Subscription subscription = find(id);
    queues.end(subscription, () -> forget(subscription));
    look();
  }

  /** Lets this process consume what the store has now. */
  public void look() {
    queues.use(records::all);
  }

  /**
   * The webhook that brings the events of the queue that a message came from.
   *
   * @return empty when there is no such subscription any more
   */
  public String webhook(Exchange exchange) {
    String queue = Objects.requireNonNull(ReceivedMessage.of(exchange)).queue();
    String webhook = queues.webhook(queue);
    return webhook == null ? ofStore(queue) : webhook;
  }

  /** Another process may have added it, or this one has not looked since. */
  private String ofStore(String queue) {
    return records.all().stream()
        .filter(subscription -> subscription.queue().equals(queue))
        .findFirst()
        .map(Subscription::webhook)
        .orElse("");
  }
}
