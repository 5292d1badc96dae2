package dev.serai.hub;

import dev.serai.broker.ReceivedMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of the updates that it sends.
 *
 * @param topic of a body that is no {@link Update}
 * @param event type of the update; nothing: the usual one
 * @param id of the update; nothing: one is made
 * @param isPrivate {@code true}: only for those who have leave
 * @param retry milliseconds; nothing: as before
 */
record Wording(Phrase topic, Phrase event, Phrase id, Phrase isPrivate, Phrase retry) {
  private static final List<String> SOURCES = List.of("cloudEvents_source", "cloudEvents:source");

  /**
   * Reads the parameters of an endpoint.
   *
   * @param parameters each by its name; null: it is not there
   * @throws RuntimeException if that cannot be said, whatever the message is
   */
  static Wording read(CamelContext camel, Function<String, @Nullable String> parameters) {
    Function<String, Phrase> phrase = name -> new Phrase(parameters.apply(name), camel);
    Wording wording =
        new Wording(
            phrase.apply("topic"),
            phrase.apply("event"),
            phrase.apply("id"),
            phrase.apply("private"),
            phrase.apply("retry"));
    wording.check();
    return wording;
  }

  /** What is the same for all messages is looked at before the first one comes. */
  private void check() {
    if (isPrivate.isFixed()) {
      isPrivate(isPrivate.fixed());
    }
    String name = topic.fixed();
    new Update(
            List.of(name == null ? "any" : name),
            "",
            false,
            id.fixed(),
            event.fixed(),
            milliseconds(retry.fixed()))
        .checked();
  }

  /** Publishes the body: an update, or the data of one. */
  CompletableFuture<?> tell(Hub hub, Channel channel, Exchange exchange) {
    String message = message(ReceivedMessage.of(exchange));
    Object body = exchange.getMessage().getBody();
    Update update = body instanceof Update made ? made : update(exchange);
    return hub.publish(channel, update, message);
  }

  /** Ids of messages are unique for their source only. */
  private static @Nullable String message(@Nullable ReceivedMessage received) {
    String id = received == null ? null : received.properties().getMessageId();
    if (received == null || id == null) {
      return null;
    }
    Map<String, Object> headers = received.properties().getHeaders();
    StringBuilder message = new StringBuilder(id);
    for (String source : headers == null ? List.<String>of() : SOURCES) {
      message.append('\n').append(headers.getOrDefault(source, ""));
    }
    return message.toString();
  }

  private Update update(Exchange exchange) {
    String data = exchange.getMessage().getBody(String.class);
    String named = topic.of(exchange);
    return new Update(
        List.of(named == null ? "" : named),
        data == null ? "" : data,
        isPrivate(isPrivate.of(exchange)),
        id.of(exchange),
        event.of(exchange),
        milliseconds(retry.of(exchange)));
  }

  /** Never shows all what was meant for some. */
  private boolean isPrivate(@Nullable String text) {
    if (isPrivate.isThere() && !"true".equals(text) && !"false".equals(text)) {
      throw new BadUpdateException("private is true or false");
    }
    return "true".equals(text);
  }

  private static @Nullable Long milliseconds(@Nullable String text) {
    if (text != null && !text.matches("\\d{1,9}")) {
      throw new BadUpdateException("retry is a number of milliseconds");
    }
    return text == null ? null : Long.valueOf(text);
  }
}
