package dev.serai.bloodbank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.MessageIds;
import dev.serai.broker.ReceivedMessage;
import dev.serai.http.JsonText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Completes envelopes and makes messages of them. Bean {@code bloodbankEvents}; thread-safe. */
@Component("bloodbankEvents")
public class BloodbankEvents {
  private static final Set<String> FIELDS =
      Set.of(
          "event_id",
          "event_type",
          "timestamp",
          "source",
          "payload",
          "parent_event_ids",
          "correlation_id");

  private final JsonMapper json = new JsonMapper();
  private final BusQueues buses;

  BloodbankEvents(BusQueues buses) {
    this.buses = buses;
  }

  /**
   * Makes the body an envelope that is the effect of the message that the route works on.
   *
   * @param exchange its body is the payload. Gets the variable {@code correlation}
   */
  public void follow(Exchange exchange) throws ProblemException {
    ReceivedMessage cause = ReceivedMessage.of(exchange);
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.set("payload", tree(exchange.getMessage().getBody()));
    if (cause != null) {
      ReceivedEvent event = ReceivedEvent.of(cause);
      String id = Objects.requireNonNullElse(event.id(), "");
      envelope.putArray("parent_event_ids").add(id);
      exchange.setVariable("correlation", Objects.requireNonNullElse(event.correlation(), id));
    }
    exchange.getMessage().setBody(envelope);
  }

  /**
   * Checks an envelope and its key.
   *
   * @param exchange its body is the envelope, as JSON or a map; variable {@code key} may name the
   *     key. Gets the variables {@code key}, {@code givenId} (null where the envelope has none) and
   *     {@code parents}
   * @throws ProblemException 400 for a key or an envelope that cannot be
   */
  public void check(Exchange exchange) throws ProblemException {
    if (!(tree(exchange.getMessage().getBody()) instanceof ObjectNode envelope)) {
      throw bad("#", "is no JSON object");
    }
    checkPayload(envelope);
    String given = exchange.getVariable("key", String.class);
    String type = envelope.path("event_type").asText("");
    String key = given == null || given.isEmpty() ? type : given;
    if (key.isEmpty()) {
      throw new ProblemException(
          400,
          "no-event-type",
          "Neither the path nor the envelope says of which type the event is; send event_type, or the"
              + " routing key in the path.",
          List.of(new FieldError("#/event_type", "is required where the path names no key")));
    }
    buses.checkKey(key);
    List<String> parents = new ArrayList<>();
    if (envelope.hasNonNull("parent_event_ids")) {
      envelope.get("parent_event_ids").forEach(id -> parents.add(id.asText()));
    } else if (exchange.getVariable("causes") instanceof List<?> causes) {
      causes.forEach(id -> parents.add(String.valueOf(id)));
    }
    String id = envelope.path("event_id").asText(null);
    exchange.setVariable("key", key);
    exchange.setVariable("givenId", id);
    exchange.setVariable("parents", parents.stream().distinct().toList());
    exchange.getMessage().setBody(envelope);
  }

  /** What stands beside the envelope's own fields without a payload was meant to be one. */
  private static void checkPayload(ObjectNode envelope) throws ProblemException {
    List<String> others = new ArrayList<>();
    envelope.fieldNames().forEachRemaining(others::add);
    others.removeAll(FIELDS);
    if (!others.isEmpty() && !envelope.has("payload")) {
      throw bad(
          "#/" + others.get(0), "is no field of the envelope; put the event's data in payload");
    }
  }

  /**
   * Makes the message: fills in what is missing, and says it in headers too.
   *
   * @param exchange as {@link #check} has left it; variable {@code group} may have the group of its
   *     parents. Gets the variable {@code answer}
   */
  public void complete(Exchange exchange) throws ProblemException {
    ObjectNode envelope = exchange.getMessage().getBody(ObjectNode.class);
    String key = exchange.getVariable("key", String.class);
    List<String> parents = new ArrayList<>();
    exchange.getVariable("parents", List.class).forEach(id -> parents.add(String.valueOf(id)));
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("event_id", text(envelope, "event_id", MessageIds.next()));
    whole.put("event_type", text(envelope, "event_type", key));
    whole.put(
        "timestamp",
        text(envelope, "timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
    whole.put("source", "/bloodbank");
    whole.putObject("payload");
    envelope
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getValue().isNull() || field.getKey().equals("payload")) {
                whole.set(field.getKey(), field.getValue());
              }
            });
    parents.forEach(whole.putArray("parent_event_ids")::add);
    String correlation = correlation(exchange, whole, parents);
    EventMessage.headers(exchange.getMessage(), whole, correlation, parents);
    exchange.getMessage().setBody(bytes(whole));
    exchange.setVariable("answer", answer(whole, correlation));
  }

  private static String text(ObjectNode envelope, String field, String otherwise) {
    return envelope.hasNonNull(field) ? envelope.get(field).asText() : otherwise;
  }

  private static String correlation(Exchange exchange, ObjectNode event, List<String> parents) {
    String said = event.path("correlation_id").asText("");
    String sent = Objects.requireNonNullElse(exchange.getVariable("correlation", String.class), "");
    String group = Objects.requireNonNullElse(exchange.getVariable("group", String.class), "");
    String own = event.get("event_id").asText();
    for (String id : List.of(said, sent, group)) {
      if (!id.isEmpty()) {
        return id;
      }
    }
    return parents.isEmpty() ? own : parents.get(0);
  }

  private String answer(ObjectNode event, String correlation) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", event.get("event_id").asText())
        .put("correlation_id", correlation)
        .put("state", "confirmed")
        .toString();
  }

  private byte[] bytes(ObjectNode event) throws ProblemException {
    try {
      return json.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw bad("#", "holds a text that UTF-8 cannot write");
    }
  }

  private JsonNode tree(@Nullable Object body) throws ProblemException {
    if (body instanceof JsonNode node) {
      return node;
    }
    if (body instanceof byte[] bytes) {
      return JsonText.read(bytes);
    }
    if (body instanceof String text) {
      return JsonText.read(text.getBytes(StandardCharsets.UTF_8));
    }
    return json.valueToTree(body);
  }

  private static ProblemException bad(String pointer, String detail) {
    return new ProblemException(
        400, "bad-event", pointer + " " + detail, List.of(new FieldError(pointer, detail)));
  }
}
