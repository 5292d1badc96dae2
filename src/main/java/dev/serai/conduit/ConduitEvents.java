package dev.serai.conduit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.MessageIds;
import dev.serai.broker.ReceivedMessage;
import dev.serai.http.ProblemException;
import dev.serai.topology.Topologies;
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
  private static final int LONGEST = 200;

  private final Topologies topologies;

  ConduitEvents(Topologies topologies) {
    this.topologies = topologies;
  }

  /**
   * Refuses a routing key that an exchange is not for.
   *
   * @return the key
   * @throws ProblemException 404 {@code unknown-routing-key} with all that there are
   */
  public String key(String given, String exchange) throws ProblemException {
    Topologies.ExchangeSpec events = topologies.exchanges().get(exchange);
    if (events == null || !events.takes(given)) {
      throw new ProblemException(
          404,
          "unknown-routing-key",
          "Conduit has no event \"%s\"; it has: %s"
              .formatted(given, events == null ? "none" : String.join(", ", events.keys())),
          List.of());
    }
    return given;
  }

  /** Gives an event that has no id the one of its request, so that whoever asks again is known. */
  public void nameAfterRequest(Exchange exchange) {
    ObjectNode event = (ObjectNode) exchange.getMessage().getBody();
    String request = event.path("requestId").asText("");
    if (event.path("eventId").asText("").isEmpty() && !request.isEmpty()) {
      event.put("eventId", request);
    }
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
