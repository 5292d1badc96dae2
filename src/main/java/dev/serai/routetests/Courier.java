package dev.serai.routetests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.broker.OfflineBroker;
import dev.serai.broker.ReceivedMessage;
import dev.serai.delivery.KeptMessage;
import dev.serai.files.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
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
  private final Recording recording;

  Courier(Stage stage, Failures failures, Recording recording) {
    this.stage = stage;
    this.failures = failures;
    this.recording = recording;
  }

  /** Sends, and waits for the end; the exchanges hold how it went. */
  List<Exchange> send(Send send, Entry entry) {
    return switch (entry.kind()) {
      case REQUEST -> List.of(request(send, entry));
      case QUEUE ->
          stage
              .broker()
              .deliver(entry.name(), messages(send, entry.name()))
              .orElseGet(() -> inOrder(messages(send, entry.name()), entry.name()));
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

  private List<Exchange> inOrder(List<Message> messages, String queue) {
    Consumer consumer = consumer("ordered:" + queue);
    return messages.stream()
        .map(message -> kept(message, consumer.createExchange(false), e -> run(consumer, e)))
        .toList();
  }

  /** A message that its consumer keeps; a wait shows that it is to be tried again. */
  private Exchange kept(Message message, Exchange exchange, UnaryOperator<Exchange> attempt) {
    OfflineBroker.receive(message, exchange);
    ReceivedMessage received = Objects.requireNonNull(ReceivedMessage.of(exchange));
    KeptMessage kept =
        new KeptMessage(received.properties(), received.exchange().equals(FROM_WAIT));
    kept.begin(exchange);
    Exchange ended = attempt.apply(exchange);
    kept.nextWait()
        .ifPresent(wait -> recording.add(Recording.Kind.RETRIED, "retried", waits(ended, wait)));
    return ended;
  }

  private static ObjectNode waits(Exchange ended, Duration wait) {
    ReceivedMessage received = Objects.requireNonNull(ReceivedMessage.of(ended));
    ObjectNode seen = JsonNodeFactory.instance.objectNode().put("queue", received.queue());
    seen.put("wait", TimeText.write(wait));
    seen.put("id", received.properties().getMessageId());
    seen.set("attempt", Tree.of(ended.getMessage().getHeader("serai-attempt")));
    seen.set("reason", Tree.of(ended.getMessage().getHeader("serai-error")));
    seen.set("body", Tree.of(received.body()));
    return seen;
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
      if (queue.isPresent() && send.kept()) {
        Message message = messages(send, queue.get()).get(i);
        ended.add(kept(message, exchange, e -> deliver(entry, prepared(send, e))));
        continue;
      }
      if (queue.isPresent()) {
        OfflineBroker.receive(messages(send, queue.get()).get(i), exchange);
      } else {
        Send.Sent sent = send.messages().get(i);
        exchange.getMessage().setBody(sent.body().map(Part::plain).orElse(null));
        sent.headers().forEach(exchange.getMessage()::setHeader);
      }
      ended.add(deliver(entry, prepared(send, exchange)));
    }
    return ended;
  }

  private Exchange prepared(Send send, Exchange exchange) {
    send.variables().forEach(exchange::setVariable);
    send.caught()
        .map(failures::make)
        .ifPresent(failure -> exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure));
    return exchange;
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
