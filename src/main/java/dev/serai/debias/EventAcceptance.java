package dev.serai.debias;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.MessageIds;
import dev.serai.http.ProblemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Completes events that have passed the check of their schema. Bean {@code debiasAcceptance};
 * thread-safe.
 */
@Component("debiasAcceptance")
public class EventAcceptance {
  private static final String EVENT_ID = "event_id";
  private static final String EVENT_TIME = "event_time";

  private final JsonMapper json = new JsonMapper();
  private final Clock clock = Clock.systemUTC();

  /**
   * Gives each event an {@code event_id} (UUIDv7) and an {@code event_time} where it has none.
   *
   * @param exchange its body is a JSON object or an array of objects; afterwards {@link
   *     AcceptedEvents}, and the variables {@code accepted} (number), {@code eventId} (the first)
   *     and {@code eventIds} (all) are ready to be put into JSON
   * @throws ProblemException 400 if a text of an event cannot be written in UTF-8
   */
  public void accept(Exchange exchange) throws ProblemException {
    JsonNode body = exchange.getMessage().getBody(JsonNode.class);
    List<AcceptedEvents.Event> events = new ArrayList<>();
    if (body instanceof ObjectNode one) {
      events.add(complete(one, "#"));
    } else {
      for (int i = 0; i < body.size(); i++) {
        events.add(complete((ObjectNode) body.get(i), "#/" + i));
      }
    }
    List<String> given = events.stream().map(AcceptedEvents.Event::id).toList();
    exchange.getMessage().setBody(new AcceptedEvents(List.copyOf(events)));
    exchange.setVariable("accepted", events.size());
    exchange.setVariable("eventIds", json.valueToTree(given).toString());
    exchange.setVariable(
        "eventId", given.isEmpty() ? "null" : json.valueToTree(given.get(0)).toString());
  }

  /**
   * Takes one event out for publishing.
   *
   * @param exchange its body is an {@link AcceptedEvents.Event}, or {@link AcceptedEvents} with one
   *     only; afterwards the JSON of the event in UTF-8, and its variables {@code id} and {@code
   *     type} are set
   */
  public void open(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    AcceptedEvents.Event event =
        body instanceof AcceptedEvents only
            ? only.events().get(0)
            : exchange.getMessage().getBody(AcceptedEvents.Event.class);
    exchange.setVariable("id", event.id());
    exchange.setVariable("type", event.type());
    exchange.getMessage().setBody(event.json());
  }

  private AcceptedEvents.Event complete(ObjectNode event, String pointer) throws ProblemException {
    if (!event.hasNonNull(EVENT_ID)) {
      event.put(EVENT_ID, MessageIds.next());
    }
    if (!event.hasNonNull(EVENT_TIME)) {
      event.put(EVENT_TIME, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    }
    try {
      return new AcceptedEvents.Event(
          event.get(EVENT_ID).asText(),
          event.get("event_type").asText(),
          utf8(json.writeValueAsString(event)));
    } catch (CharacterCodingException | JsonProcessingException e) {
      String detail = "holds a text with half of a surrogate pair, which UTF-8 cannot write";
      throw new ProblemException(
          400,
          "invalid",
          pointer + " " + detail,
          List.of(new ProblemException.FieldError(pointer, detail)));
    }
  }

  /** Jackson would write a question mark for what UTF-8 has no bytes for. */
  private static byte[] utf8(String text) throws CharacterCodingException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    return Arrays.copyOf(bytes.array(), bytes.limit());
  }
}
