package dev.serai.hub;

import dev.serai.broker.ReceivedMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of the updates that it sends; each may be an expression of the language
 * simple.
 *
 * @param topic of a body that is no {@link Update}
 * @param event type of the update; null: the usual one
 * @param id of the update; null or empty: one is made
 * @param isPrivate {@code true}: only for those who have leave
 * @param retry milliseconds; null or empty: as before
 */
record Wording(
    String topic,
    @Nullable String event,
    @Nullable String id,
    @Nullable String isPrivate,
    @Nullable String retry) {

  private static final String SOURCE = "cloudEvents:source";

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
    Object source = headers == null ? null : headers.get("cloudEvents_source");
    return id + "\n" + (source == null && headers != null ? headers.get(SOURCE) : source);
  }

  private Update update(Exchange exchange) {
    String data = exchange.getMessage().getBody(String.class);
    String wait = said(retry, exchange);
    if (wait != null && !wait.matches("\\d{1,9}")) {
      throw new BadUpdateException("retry is a number of milliseconds");
    }
    String named = said(topic, exchange);
    return new Update(
        List.of(named == null ? "" : named),
        data == null ? "" : data,
        "true".equals(said(isPrivate, exchange)),
        said(id, exchange),
        said(event, exchange),
        wait == null ? null : Long.valueOf(wait));
  }

  private static @Nullable String said(@Nullable String text, Exchange exchange) {
    if (text == null || !text.contains("${")) {
      return text == null || text.isEmpty() ? null : text;
    }
    String said =
        exchange
            .getContext()
            .resolveLanguage("simple")
            .createExpression(text)
            .evaluate(exchange, String.class);
    return said == null || said.isEmpty() ? null : said;
  }
}
