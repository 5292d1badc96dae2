package dev.serai.conduit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.MessageIds;
import dev.serai.broker.ReceivedMessage;
import dev.serai.http.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.stereotype.Component;

/** The events of Conduit; bean {@code conduitEvents} of its routes. Thread-safe. */
@Component("conduitEvents")
public class ConduitEvents {
  /** All that there are. */
  static final List<String> KEYS =
      List.of(
          "virtual-key.updated",
          "virtual-key.deleted",
          "virtual-key.spend-requested",
          "virtual-key.spend-updated",
          "provider.updated",
          "provider.deleted",
          "provider.capabilities",
          "image.requested",
          "image.progress",
          "image.completed",
          "image.failed");

  private static final int LONGEST = 200;

  /**
   * The routing key of a request's path.
   *
   * @throws ProblemException 404 {@code unknown-routing-key} with all that there are
   */
  public String key(String given) throws ProblemException {
    if (!KEYS.contains(given)) {
      throw new ProblemException(
          404,
          "unknown-routing-key",
          "Conduit has no event \"%s\"; it has: %s".formatted(given, String.join(", ", KEYS)),
          List.of());
    }
    return given;
  }

  /**
   * Makes what was checked the event that is published: it gets an id and a time when it has none.
   *
   * @param exchange its body is a JSON object; gets the variable {@code eventId}
   */
  public void accept(Exchange exchange, String key) {
    Message message = exchange.getMessage();
    ObjectNode event = (ObjectNode) message.getBody();
    String id = event.path("eventId").asText("");
    if (id.isEmpty() && key.equals("virtual-key.spend-requested")) {
      id = event.path("requestId").asText(""); // whoever asks again is booked once
    }
    if (id.isEmpty() || id.length() > LONGEST) {
      id = MessageIds.next();
    }
    event.put("eventId", id);
    if (!event.hasNonNull("timestamp")) {
      event.put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    }
    exchange.setVariable("eventId", id);
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, id);
    message.setHeader(SpringRabbitMQConstants.CONTENT_TYPE, "application/json");
    message.setHeader(SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, key);
    message.setBody(event.toString());
  }

  /** The routing key with which a message was published, also when it has waited since. */
  public String type(Exchange exchange) {
    ReceivedMessage message = ReceivedMessage.of(exchange);
    return message == null ? "" : message.publishedKey();
  }
}
