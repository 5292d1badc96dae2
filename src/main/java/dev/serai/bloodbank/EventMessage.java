package dev.serai.bloodbank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.tracing.TraceParent;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;

/** The headers of an event's message. */
final class EventMessage {
  private static final Set<String> KEPT = Set.of(TraceParent.HEADER, TraceParent.STATE);
  private static final String PREFIX = "cloudEvents_";

  private EventMessage() {}

  /**
   * Writes them, and takes away all that the message had but its trace.
   *
   * @param event complete
   */
  static void headers(Message message, ObjectNode event, String correlation, List<String> parents) {
    Exchange exchange = message.getExchange();
    message.getHeaders().keySet().removeIf(name -> !KEPT.contains(name));
    String id = event.get("event_id").asText();
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, id);
    message.setHeader(SpringRabbitMQConstants.CORRELATION_ID, correlation);
    message.setHeader(SpringRabbitMQConstants.CONTENT_TYPE, "application/json");
    message.setHeader(
        SpringRabbitMQConstants.PRIORITY, exchange.getVariable("priority", 0, Integer.class));
    message.setHeader(
        SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, exchange.getVariable("key", String.class));
    message.setHeader(PREFIX + "specversion", "1.0");
    message.setHeader(PREFIX + "id", id);
    message.setHeader(PREFIX + "source", source(event.get("source")));
    message.setHeader(PREFIX + "type", event.get("event_type").asText());
    message.setHeader(PREFIX + "time", event.get("timestamp").asText());
    link(message, "correlationid", correlation);
    if (!parents.isEmpty()) {
      link(message, "causationid", parents.get(0));
      link(message, "parentids", String.join(",", parents));
    }
  }

  private static void link(Message message, String name, String value) {
    message.setHeader(name, value);
    message.setHeader(PREFIX + name, value);
  }

  /** A CloudEvent's source is a URI reference. */
  private static String source(JsonNode source) {
    try {
      return source.isTextual() ? URI.create(source.asText()).toString() : "/bloodbank";
    } catch (IllegalArgumentException e) {
      return "/bloodbank";
    }
  }
}
