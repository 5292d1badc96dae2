package dev.serai.routetests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.OfflineBroker;
import dev.serai.broker.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;

/** Brings what a test sends to the real input of its route. */
final class Courier {
  private static final String FROM_WAIT = "";

  private final Stage stage;
  private final Failures failures;

  Courier(Stage stage, Failures failures) {
    this.stage = stage;
    this.failures = failures;
  }

  /** Sends, and waits for the end; the exchanges hold how it went. */
  List<Exchange> send(Send send, Entry entry) {
    return switch (entry.kind()) {
      case REQUEST -> List.of(request(send, entry));
      case QUEUE ->
          stage
              .broker()
              .deliver(entry.name(), messages(send, entry.name()))
              .orElseThrow(() -> new IllegalStateException("no route consumes " + entry.name()));
      case ROUTE -> routes(send, entry);
    };
  }

  private Exchange request(Send send, Entry entry) {
    Consumer consumer = consumer(entry.name());
    Exchange exchange = consumer.createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    Request.of(entry.address(), send.messages().get(0)).fill(exchange);
    return run(consumer, exchange);
  }

  private Consumer consumer(String name) {
    return stage
        .outside()
        .entry(name)
        .orElseThrow(() -> new IllegalStateException("nothing takes " + name));
  }

  private static Exchange run(Consumer consumer, Exchange exchange) {
    try {
      consumer.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    return exchange;
  }

  private List<Exchange> routes(Send send, Entry entry) {
    List<Exchange> ended = new ArrayList<>();
    for (int i = 0; i < send.messages().size(); i++) {
      Exchange exchange = new DefaultExchange(stage.camel());
      Optional<String> queue = send.queue();
      if (queue.isPresent()) {
        OfflineBroker.receive(messages(send, queue.get()).get(i), exchange);
      } else {
        Send.Sent sent = send.messages().get(i);
        exchange.getMessage().setBody(sent.body().map(Part::plain).orElse(null));
        sent.headers().forEach(exchange.getMessage()::setHeader);
      }
      send.variables().forEach(exchange::setVariable);
      send.caught()
          .map(failures::make)
          .ifPresent(failure -> exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure));
      ended.add(deliver(entry, exchange));
    }
    return ended;
  }

  private Exchange deliver(Entry entry, Exchange exchange) {
    return entry.address().startsWith("direct:")
        ? stage.camel().createProducerTemplate().send(entry.address(), exchange)
        : run(consumer(entry.name()), exchange);
  }

  private static List<Message> messages(Send send, String queue) {
    return send.messages().stream().map(sent -> message(sent, queue)).toList();
  }

  private static Message message(Send.Sent sent, String queue) {
    MessageProperties properties = new MessageProperties();
    sent.headers().forEach(properties::setHeader);
    properties.setConsumerQueue(queue);
    properties.setReceivedExchange(sent.exchange().orElse(FROM_WAIT));
    properties.setReceivedRoutingKey(sent.routingKey().orElse(queue));
    properties.setContentType(sent.contentType().orElse("application/json"));
    properties.setTimestamp(new Date());
    properties.setPriority(sent.priority().orElse(0));
    sent.id().ifPresent(properties::setMessageId);
    if (sent.failedAttempts() > 0) {
      properties.setHeader("serai-attempt", sent.failedAttempts());
      properties.setHeader("serai-origin-queue", queue);
    }
    return new Message(bytes(sent.body().map(Part::plain).orElse(null)), properties);
  }

  /** A body as it is on the wire: a text as it is, anything else as JSON. */
  static byte[] bytes(@Nullable Object body) {
    String text = body == null ? "" : body instanceof String s ? s : Tree.of(body).toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How an exchange has ended, as the sender sees it. */
  static ObjectNode answer(Exchange exchange, Entry entry) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    Map<String, @Nullable Object> headers = new TreeMap<>(exchange.getMessage().getHeaders());
    if (entry.kind() == Entry.Kind.REQUEST) {
      boolean failed = exchange.getException() != null;
      int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, int.class);
      answer.put("status", failed ? 500 : status);
      answer.set("headers", Tree.of(Request.onTheWire(headers)));
    } else {
      headers.keySet().removeIf(name -> name.equals(ReceivedMessage.HEADER));
      answer.set("headers", Tree.of(headers));
      answer.set("variables", Tree.of(exchange.getVariables()));
    }
    answer.set("body", Tree.of(exchange.getMessage().getBody()));
    return answer;
  }
}
