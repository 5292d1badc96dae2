package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serai.broker.MessageIds;
import dev.serai.broker.ReceivedMessage;
import dev.serai.tracing.TraceParent;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Reads what a route sends to webhooks: id, type, headers and body of an event. */
final class IncomingEvents {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> WANTED = Set.of("id", "source", "type");
  private static final int LONGEST_TYPE = 1000;
  private static final String ID = "[A-Za-z0-9_-]{1,80}";

  private IncomingEvents() {}

  /**
   * Reads one.
   *
   * @throws InvalidPayloadException if the body cannot become bytes
   */
  static Incoming read(Message message) throws InvalidPayloadException {
    ReceivedMessage received = received(message);
    byte[] body = message.getMandatoryBody(byte[].class);
    Map<String, String> headers = new HashMap<>();
    String contentType = contentType(message, received);
    headers.put("content-type", contentType);
    Map<String, String> event = attributes(message.getHeaders(), headers);
    trace(message, headers);
    boolean structured = contentType.toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
    Map<String, String> inside = structured || !event.containsKey("type") ? fields(body) : Map.of();
    String type =
        event.getOrDefault(
            "type", inside.getOrDefault("type", received == null ? "" : received.routingKey()));
    String source =
        event.getOrDefault("source", structured ? inside.getOrDefault("source", "") : "");
    String id = event.getOrDefault("id", structured ? inside.get("id") : null);
    if (id == null) {
      id = messageId(message, received);
    }
    return new Incoming(
        webhookId(id),
        hash((source + "\0" + type + "\0").getBytes(UTF_8), body),
        clean(type),
        headers,
        body);
  }

  /** What an event is called in {@code webhook-id}, where not every id can be written. */
  static String webhookId(String id) {
    return id.matches(ID) ? id : "evt_" + hash(id.getBytes(UTF_8));
  }

  private static @Nullable ReceivedMessage received(Message message) {
    ReceivedMessage part = message.getHeader(ReceivedMessage.HEADER, ReceivedMessage.class);
    Exchange exchange = message.getExchange();
    return part != null || exchange == null
        ? part
        : exchange.getProperty(ReceivedMessage.PROPERTY, ReceivedMessage.class);
  }

  private static String contentType(Message message, @Nullable ReceivedMessage received) {
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    if (type == null && received != null) {
      type = received.properties().getContentType();
    }
    return type == null || !type.matches("[!-~][ -~]{0,254}") ? "application/octet-stream" : type;
  }

  private static String messageId(Message message, @Nullable ReceivedMessage received) {
    String id = received == null ? null : received.properties().getMessageId();
    if (id == null) {
      id = message.getHeader("CamelSpringRabbitmqMessageId", String.class);
    }
    return id == null || id.isEmpty() ? MessageIds.next() : id;
  }

  /** The attributes of a CloudEvent; each is also sent on as a header. */
  private static Map<String, String> attributes(
      Map<String, Object> from, Map<String, String> headers) {
    Map<String, String> event = new HashMap<>();
    from.forEach(
        (name, value) -> {
          if (value != null && name.matches("cloudEvents[_:][a-z0-9]{1,100}")) {
            String attribute = name.substring("cloudEvents_".length());
            event.put(attribute, value.toString());
            headers.put("ce-" + attribute, AttributeText.encode(value.toString()));
          }
        });
    return event;
  }

  /** The trace that the event is part of; each attempt adds its own span. */
  private static void trace(Message message, Map<String, String> headers) {
    String parent = message.getHeader(TraceParent.HEADER, "", String.class);
    String state = message.getHeader(TraceParent.STATE, "", String.class);
    if (TraceParent.isValid(parent)) {
      headers.put(TraceParent.HEADER, parent);
      if (state.matches("[ -~]{1,2000}")) {
        headers.put(TraceParent.STATE, state);
      }
    }
  }

  /** The texts at the top of a JSON object that tell what event it is; none of anything else. */
  private static Map<String, String> fields(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return fields;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING && WANTED.contains(name)) {
          String text = json.getText();
          if (!text.isEmpty()) {
            fields.put(name, text);
          }
        }
        json.skipChildren();
      }
      return fields;
    } catch (IOException e) { // no JSON
      return Map.of();
    }
  }

  private static String clean(String type) {
    String text = type.replace("\0", "");
    return text.length() <= LONGEST_TYPE ? text : text.substring(0, LONGEST_TYPE);
  }

  private static String hash(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // part of every JDK
    }
  }
}
