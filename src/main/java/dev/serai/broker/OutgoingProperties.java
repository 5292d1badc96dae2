package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import dev.serai.tracing.TraceParent;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;

/** Makes the AMQP properties of a message that a route sends. */
final class OutgoingProperties {
  private static final String OURS = "serai-";
  private static final String PUBLISHED_AT = "serai-published-at";
  private static final List<String> DEATHS = List.of("x-death", "x-first-death-", "x-last-death-");
  private static final int PERSISTENT = 2;

  /** Of an HTTP request, about the connection or the caller; no part of an event. */
  private static final Set<String> HTTP =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "authorization",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "origin",
          "pragma",
          "referer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "x-forwarded-for",
          "x-forwarded-proto");

  private OutgoingProperties() {}

  /** For a new message: its own headers, and what every message of ours has (DESIGN section 7). */
  static AMQP.BasicProperties of(Message message) {
    Map<String, Object> headers = new HashMap<>();
    message.getHeaders().forEach((name, value) -> putForeign(headers, name, value));
    headers.put(PUBLISHED_AT, System.currentTimeMillis());
    trace(headers);
    return new AMQP.BasicProperties.Builder()
        .messageId(text(message, SpringRabbitMQConstants.MESSAGE_ID, MessageIds.next()))
        .timestamp(new Date())
        .contentType(contentType(message))
        .contentEncoding(message.getHeader(SpringRabbitMQConstants.CONTENT_ENCODING, String.class))
        .type(message.getHeader(SpringRabbitMQConstants.TYPE, String.class))
        .appId(message.getHeader(SpringRabbitMQConstants.APP_ID, String.class))
        .correlationId(message.getHeader(SpringRabbitMQConstants.CORRELATION_ID, String.class))
        .deliveryMode(PERSISTENT)
        .priority(message.getHeader(SpringRabbitMQConstants.PRIORITY, 0, Integer.class))
        .headers(headers)
        .build();
  }

  /**
   * For a message that is sent on as it came: all it had, without the broker's notes on earlier
   * deaths (RabbitMQ would take a second one for a circle and drop the message) and without its
   * user's name (RabbitMQ refuses one that is not ours), plus the {@code serai-} headers of the
   * exchange.
   */
  static AMQP.BasicProperties again(ReceivedMessage received, Message message) {
    AMQP.BasicProperties came = received.properties();
    Map<String, Object> headers = new HashMap<>();
    if (came.getHeaders() != null) {
      headers.putAll(came.getHeaders());
    }
    headers.keySet().removeIf(name -> DEATHS.stream().anyMatch(name::startsWith));
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (name.startsWith(OURS) && value != null) {
                headers.put(name, value);
              }
            });
    return came.builder()
        .headers(headers)
        .deliveryMode(PERSISTENT)
        .priority(Objects.requireNonNullElse(came.getPriority(), 0))
        .expiration(null)
        .userId(null)
        .build();
  }

  /** Each hop names itself as parent; the vendors' state goes with the trace, or not at all. */
  private static void trace(Map<String, Object> headers) {
    String came = String.valueOf(headers.getOrDefault(TraceParent.HEADER, ""));
    headers.put(TraceParent.HEADER, TraceParent.next(came));
    if (!TraceParent.isValid(came)) {
      headers.remove(TraceParent.STATE);
    }
  }

  private static void putForeign(Map<String, Object> headers, String name, Object value) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean ours = lower.startsWith("camel") || lower.startsWith(OURS) || lower.startsWith("http-");
    if (!ours && !HTTP.contains(lower) && isTableValue(value)) {
      headers.put(name, value);
    }
  }

  private static boolean isTableValue(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Date
        || value instanceof List
        || value instanceof Map;
  }

  private static String contentType(Message message) {
    String own = message.getHeader(SpringRabbitMQConstants.CONTENT_TYPE, String.class);
    return own != null ? own : text(message, Exchange.CONTENT_TYPE, "application/json");
  }

  private static String text(Message message, String header, String otherwise) {
    String value = message.getHeader(header, String.class);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
