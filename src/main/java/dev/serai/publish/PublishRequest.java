package dev.serai.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.http.ProblemException;
import dev.serai.topology.Topologies;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.support.DefaultMessage;
import org.springframework.stereotype.Component;

/**
 * Makes the messages of a {@code POST /publish/{exchange}/{routingKey}}; bean {@code
 * publishRequest} of its route.
 *
 * <p>Takes the path and the query from the request line alone: a header of the same name changes
 * nothing.
 */
@Component("publishRequest")
public class PublishRequest {
  private static final List<String> PASSED_ON =
      List.of("correlationid", "causationid", "parentids", "traceparent", "tracestate");

  private static final List<String> CAUSES = List.of("causationid", "parentids");

  private final Topologies topologies;

  PublishRequest(Topologies topologies) {
    this.topologies = topologies;
  }

  /**
   * The messages of a request, ready for {@code spring-rabbitmq:default}.
   *
   * @param exchange the HTTP request; its body is bytes. Gets the variables {@code published}, what
   *     the answer says when all are confirmed, and {@code namesParents}, whether one does
   * @return one message, or several for a batch
   * @throws ProblemException 400 for what is no event or no header of one, 404 for an exchange that
   *     may not be published to, 415 for a form
   */
  public List<Message> read(Exchange exchange) throws ProblemException {
    Message request = exchange.getMessage();
    PublishTarget target = PublishTarget.of(request.getHeader(Exchange.HTTP_URI, "", String.class));
    target.check(topologies);
    Map<String, String> headers = RequestEvents.headers(request);
    byte[] body = request.getBody(byte[].class);
    Map<String, String> named = NamedHeaders.of(headers);
    List<Event> events =
        RequestEvents.read(headers, body == null ? new byte[0] : body, target.batch());
    exchange.setVariable("published", answer(headers, events, target).toString());
    exchange.setVariable(
        "namesParents",
        Stream.concat(Stream.of(headers), events.stream().map(Event::attributes))
            .anyMatch(said -> CAUSES.stream().anyMatch(said::containsKey)));
    List<Message> messages =
        events.stream().map(event -> message(exchange, headers, event, target)).toList();
    messages.forEach(message -> named.forEach(message::setHeader));
    return messages;
  }

  private static ObjectNode answer(
      Map<String, String> headers, List<Event> events, PublishTarget target) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (RequestEvents.isSeveral(headers.getOrDefault("content-type", ""), target.batch())) {
      ArrayNode ids = answer.putArray("ids");
      events.forEach(event -> ids.add(event.id()));
    } else {
      answer.put("id", events.get(0).id());
    }
    return answer.put("state", "confirmed");
  }

  private static Message message(
      Exchange exchange, Map<String, String> headers, Event event, PublishTarget target) {
    Message message = new DefaultMessage(exchange.getContext());
    message.setBody(event.data());
    message.setHeader(SpringRabbitMQConstants.EXCHANGE_OVERRIDE_NAME, target.exchange());
    message.setHeader(SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, target.routingKey());
    message.setHeader(SpringRabbitMQConstants.MESSAGE_ID, event.id());
    message.setHeader(SpringRabbitMQConstants.CONTENT_TYPE, event.contentType());
    message.setHeader(SpringRabbitMQConstants.PRIORITY, target.priority());
    event.attributes().forEach((name, value) -> message.setHeader("cloudEvents_" + name, value));
    for (String name : PASSED_ON) {
      String value = headers.get(name);
      if (value != null) {
        message.setHeader(name, value);
      }
    }
    return message;
  }
}
