package dev.serai.bloodbank;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.serai.broker.ReceivedMessage;
import dev.serai.correlation.SeenEvent;
import dev.serai.http.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads messages for the history, and requests for it. Bean {@code bloodbankAnswers}. */
@Component("bloodbankAnswers")
public class BloodbankAnswers {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * An event, for a caller.
   *
   * @param event its body, if that is JSON
   * @param text its body, if it is something else
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      long sequence,
      @JsonProperty("event_id") String id,
      @JsonProperty("routing_key") String key,
      @JsonProperty("correlation_id") @Nullable String correlation,
      @JsonProperty("kept_at") String keptAt,
      @JsonRawValue @Nullable String event,
      @Nullable String text) {}

  /** Some of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<Item> items, @Nullable Long next) {}

  /**
   * Reads a batch of messages.
   *
   * @param exchange gets the variables {@code events}, for the history, and {@code seen}, for their
   *     chains
   */
  public void read(Exchange exchange) {
    List<KeptEvent> events = new ArrayList<>();
    List<SeenEvent> seen = new ArrayList<>();
    for (Object part : exchange.getMessage().getBody(List.class)) {
      ReceivedEvent event =
          ReceivedEvent.of(
              ((Message) part).getHeader(ReceivedMessage.HEADER, ReceivedMessage.class));
      events.add(KeptEvent.of(event));
      event.seen().ifPresent(seen::add);
    }
    exchange.setVariable("events", events);
    exchange.setVariable("seen", seen);
  }

  /**
   * What {@code GET /bloodbank/events} asks for.
   *
   * @throws ProblemException 400 for a parameter that cannot be
   */
  public HistoryQuery query(Exchange exchange) throws ProblemException {
    return HistoryQuery.of(exchange);
  }

  static Page page(List<HistoryReader.Entry> entries, @Nullable Long next) {
    return new Page(entries.stream().map(BloodbankAnswers::item).toList(), next);
  }

  private static Item item(HistoryReader.Entry entry) {
    KeptEvent event = entry.event();
    String body = new String(event.body(), StandardCharsets.UTF_8);
    boolean readable = isJson(body);
    return new Item(
        entry.sequence(),
        event.id(),
        event.key(),
        event.correlation(),
        entry.keptAt().toString(),
        readable ? body : null,
        readable ? null : body);
  }

  /** Looks at it without making objects of it, which would take many times the room. */
  private static boolean isJson(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() == null) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
