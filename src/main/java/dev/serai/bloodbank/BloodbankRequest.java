package dev.serai.bloodbank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.http.JsonText;
import dev.serai.http.ProblemException;
import dev.serai.http.RequestLine;
import dev.serai.publish.Event;
import dev.serai.publish.PublishTarget;
import dev.serai.publish.RequestEvents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads {@code POST /bloodbank/events/{routingKey}}. Bean {@code bloodbankRequest}. */
@Component("bloodbankRequest")
public class BloodbankRequest {
  private static final int KEY_SEGMENT = 2;

  /**
   * Makes the body the envelope that the request means: a CloudEvent becomes one, any other body is
   * one.
   *
   * @param exchange its body is bytes, and stays bytes. Gets the variables {@code key} (empty where
   *     the path names none), {@code priority}, {@code correlation} and {@code causes}, which stand
   *     in headers
   * @throws ProblemException 400 or 415 for what is no event
   */
  public void read(Exchange exchange) throws ProblemException {
    RequestLine line = RequestLine.of(exchange);
    Message request = exchange.getMessage();
    Map<String, String> headers = RequestEvents.headers(request);
    exchange.setVariable("key", line.segment(KEY_SEGMENT));
    exchange.setVariable("priority", PublishTarget.priority(line.query("priority")));
    exchange.setVariable("correlation", headers.getOrDefault("correlationid", ""));
    exchange.setVariable(
        "causes", ids(headers.get("causationid"), headers.get("parentids")).toList());
    byte[] body = request.getBody(byte[].class);
    Event event = one(RequestEvents.read(headers, body == null ? new byte[0] : body, false));
    if (!event.attributes().isEmpty()) {
      request.setBody(envelope(event).toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The subscription that a path names. */
  public String id(Exchange exchange) throws ProblemException {
    return RequestLine.of(exchange).segment(KEY_SEGMENT);
  }

  private static Event one(List<Event> events) throws ProblemException {
    if (events.size() != 1) {
      throw new ProblemException(
          415, "unsupported-media-type", "Send one event in each request.", List.of());
    }
    return events.get(0);
  }

  private static ObjectNode envelope(Event event) throws ProblemException {
    Map<String, Object> attributes = event.attributes();
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("event_id", event.id());
    envelope.put("event_type", text(attributes, "type"));
    if (attributes.containsKey("time")) {
      envelope.put("timestamp", text(attributes, "time"));
    }
    envelope.put("source", text(attributes, "source"));
    envelope.set("payload", payload(event));
    if (attributes.containsKey("correlationid")) {
      envelope.put("correlation_id", text(attributes, "correlationid"));
    }
    List<String> parents =
        ids(text(attributes, "causationid"), text(attributes, "parentids")).toList();
    if (!parents.isEmpty()) {
      parents.forEach(envelope.putArray("parent_event_ids")::add);
    }
    return envelope;
  }

  private static JsonNode payload(Event event) throws ProblemException {
    if (event.data().length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    return RequestEvents.isJson(event.contentType())
        ? JsonText.read(event.data())
        : JsonNodeFactory.instance.textNode(new String(event.data(), StandardCharsets.UTF_8));
  }

  private static @Nullable String text(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    return value == null ? null : value.toString();
  }

  /** The direct cause first, then all causes; each once. */
  static Stream<String> ids(@Nullable String cause, @Nullable String several) {
    return Stream.concat(
            Stream.ofNullable(cause),
            Stream.ofNullable(several).flatMap(list -> Arrays.stream(list.split(","))))
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .distinct();
  }
}
