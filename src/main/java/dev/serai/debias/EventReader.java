package dev.serai.debias;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.serai.broker.MessageIds;
import dev.serai.delivery.PoisonMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.stereotype.Component;

/** Reads user events from message bodies. Bean {@code debiasEvents}; thread-safe. */
@Component("debiasEvents")
public class EventReader {
  private static final int VERSION_WITH_TIME = 7;

  private final ObjectReader json;

  EventReader(ObjectMapper json) {
    this.json =
        json.readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * All events of a message.
   *
   * <p>An event is known by its field {@code event_id}, else by its message's id; one with neither
   * gets a new id at each delivery. Its time is {@code event_time}, else the time in a UUIDv7 id,
   * else the message's timestamp, else now.
   *
   * @throws PoisonMessageException if one of them is not JSON or has a wrong field
   */
  public List<UserEvent> read(Exchange exchange) {
    Message message = exchange.getMessage();
    return message.getBody() instanceof List<?> list
        ? list.stream().map(this::one).toList()
        : List.of(one(message));
  }

  /**
   * The messages of a batch, each with its own headers; a message that is no batch is its only
   * part.
   */
  public List<?> parts(Exchange exchange) {
    return exchange.getMessage().getBody() instanceof List<?> list
        ? list
        : List.of(exchange.getMessage());
  }

  private UserEvent one(Object item) {
    if (item instanceof Message message) {
      return event(
          object(message.getBody()),
          Optional.ofNullable(message.getHeader(SpringRabbitMQConstants.MESSAGE_ID, String.class)),
          Optional.ofNullable(message.getHeader(SpringRabbitMQConstants.TIMESTAMP, Date.class)));
    }
    return event(object(item), Optional.empty(), Optional.empty());
  }

  private Map<?, ?> object(Object body) {
    if (body instanceof Map<?, ?> map) {
      return map;
    }
    byte[] bytes =
        body instanceof byte[] raw ? raw : String.valueOf(body).getBytes(StandardCharsets.UTF_8);
    try {
      Map<String, Object> map = json.readValue(bytes);
      if (map != null) {
        return map;
      }
    } catch (IOException e) {
      throw new PoisonMessageException("bad-event: the body is not a JSON object", e);
    }
    throw new PoisonMessageException("bad-event: the body is not a JSON object");
  }

  private static UserEvent event(
      Map<?, ?> object, Optional<String> messageId, Optional<Date> timestamp) {
    EventFields fields = new EventFields(object);
    String id = fields.eventId().or(() -> messageId).orElseGet(MessageIds::next);
    Instant time =
        Stream.of(fields.eventTime(), timeIn(id), timestamp.map(Date::toInstant))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.MILLIS));
    return new UserEvent(
        id, fields.userId(), fields.productId(), fields.eventType(), fields.userSession(), time);
  }

  private static Optional<Instant> timeIn(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.version() == VERSION_WITH_TIME
          ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> Short.SIZE))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
