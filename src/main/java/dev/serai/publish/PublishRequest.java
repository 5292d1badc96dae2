package dev.serai.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.uuid.Generators;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.topology.Topologies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Makes the messages of a {@code POST /publish/{exchange}/{routingKey}}; bean {@code
 * publishRequest} of its route.
 *
 * <p>Takes the path and the query from the request line alone: a header of the same name changes
 * nothing.
 */
@Component("publishRequest")
public class PublishRequest {
  private static final int MOST = 1000;
  private static final List<String> PASSED_ON =
      List.of("correlationid", "causationid", "parentids", "tracestate");

  private final Topologies topologies;

  PublishRequest(Topologies topologies) {
    this.topologies = topologies;
  }

  /**
   * The messages of a request, ready for {@code spring-rabbitmq:default}.
   *
   * @param exchange the HTTP request; its body is bytes. Gets the variables {@code publishedId}
   *     (the first) and {@code publishedIds}, as JSON
   * @return one message, or several for a batch
   * @throws ProblemException 400 for what is no event, 404 for an exchange that may not be
   *     published to
   */
  public List<Message> read(Exchange exchange) throws ProblemException {
    Message request = exchange.getMessage();
    UriComponents uri =
        UriComponentsBuilder.fromUriString(request.getHeader(Exchange.HTTP_URI, "", String.class))
            .build();
    List<String> path =
        uri.getPathSegments().stream()
            .map(s -> UriUtils.decode(s, StandardCharsets.UTF_8))
            .toList();
    Target target =
        new Target(path.get(1), path.get(2), priority(uri.getQueryParams().getFirst("priority")));
    check(target);
    List<Event> events = events(request, path.size() > 3);
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    events.forEach(event -> ids.add(event.id()));
    exchange.setVariable("publishedId", ids.get(0).toString());
    exchange.setVariable("publishedIds", ids.toString());
    return events.stream().map(event -> message(exchange, event, target)).toList();
  }

  private record Target(String exchange, String routingKey, int priority) {}

  private void check(Target target) throws ProblemException {
    Topologies.ExchangeSpec spec = topologies.exchanges().get(target.exchange());
    if (spec == null || !spec.open()) {
      throw new ProblemException(
          404,
          "unknown-exchange",
          "There is no exchange \"%s\" to publish to; there are: %s"
              .formatted(target.exchange(), String.join(", ", openExchanges())),
          List.of());
    }
    if (target.routingKey().getBytes(StandardCharsets.UTF_8).length > 255) {
      throw new ProblemException(
          400, "routing-key-too-long", "A routing key has at most 255 bytes", List.of());
    }
  }

  private List<String> openExchanges() {
    return topologies.exchanges().values().stream()
        .filter(Topologies.ExchangeSpec::open)
        .map(Topologies.ExchangeSpec::name)
        .toList();
  }

  private static int priority(@Nullable String text) throws ProblemException {
    if (text == null) {
      return 0;
    }
    if (!text.matches("10|\\d")) {
      throw new ProblemException(
          400,
          "bad-priority",
          "The priority is a whole number from 0 to 10",
          List.of(new FieldError("priority", "is \"" + text + "\"")));
    }
    return Integer.parseInt(text);
  }

  private static List<Event> events(Message request, boolean batch) throws ProblemException {
    byte[] body = request.getBody(byte[].class);
    byte[] data = body == null ? new byte[0] : body;
    String type = request.getHeader(Exchange.CONTENT_TYPE, "", String.class);
    if (CloudEvents.isBatch(type)) {
      return bounded(CloudEvents.batch(data));
    }
    if (batch) {
      return bounded(plainBatch(data));
    }
    if (CloudEvents.isStructured(type)) {
      return List.of(CloudEvents.structured(data));
    }
    Map<String, String> headers = texts(request);
    String dataType = type.isEmpty() ? "application/octet-stream" : type;
    return CloudEvents.isBinary(headers)
        ? List.of(CloudEvents.binary(headers, dataType, data))
        : List.of(new Event(newId(), dataType, Map.of(), data));
  }

  private static List<Event> plainBatch(byte[] body) throws ProblemException {
    JsonNode array = CloudEvents.parse(body);
    if (!array.isArray()) {
      throw new ProblemException(
          400,
          "not-an-array",
          "A batch is a JSON array of events",
          List.of(new FieldError("#", "is no array")));
    }
    List<Event> events = new ArrayList<>();
    array.forEach(
        item ->
            events.add(
                new Event(
                    newId(),
                    "application/json",
                    Map.of(),
                    item.toString().getBytes(StandardCharsets.UTF_8))));
    return events;
  }

  private static List<Event> bounded(List<Event> events) throws ProblemException {
    if (events.isEmpty() || events.size() > MOST) {
      throw new ProblemException(
          400,
          "batch-size",
          "A batch holds 1 to %d events, this one %d".formatted(MOST, events.size()),
          List.of());
    }
    return events;
  }

  private static Map<String, String> texts(Message request) {
    Map<String, String> texts = new LinkedHashMap<>();
    request
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                texts.put(name.toLowerCase(Locale.ROOT), text);
              }
            });
    return texts;
  }

  private static Message message(Exchange exchange, Event event, Target target) {
    Message message = new DefaultMessage(exchange.getContext());
    message.setBody(event.data());
    message.setHeader(SpringRabbitMQConstants.EXCHANGE_OVERRIDE_NAME, target.exchange());
    message.setHeader(SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, target.routingKey());
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, event.id());
    message.setHeader(SpringRabbitMQConstants.CONTENT_TYPE, event.contentType());
    message.setHeader(SpringRabbitMQConstants.PRIORITY, target.priority());
    event.attributes().forEach((name, value) -> message.setHeader("cloudEvents_" + name, value));
    Map<String, String> headers = texts(exchange.getMessage());
    for (String name : PASSED_ON) {
      String value = headers.get(name);
      if (value != null) {
        message.setHeader(name, value);
      }
    }
    message.setHeader("traceparent", TraceParent.next(headers.getOrDefault("traceparent", "")));
    return message;
  }

  private static String newId() {
    return Generators.timeBasedEpochGenerator().generate().toString();
  }
}
