package dev.serai.routetests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PollingConsumerSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands for every component that reaches outside: notes what its endpoints get and answers as the
 * test says. A route that consumes from one gets what the test sends.
 */
final class StubComponent extends DefaultComponent {
  private final Recording recording;
  private final Answers answers;
  private final Failures failures;
  private final Map<String, Consumer> entries = new ConcurrentHashMap<>();

  StubComponent(Recording recording, Answers answers, Failures failures) {
    this.recording = recording;
    this.answers = answers;
    this.failures = failures;
    setAutowiredEnabled(false);
  }

  /** None: it would take this for the component that it stands for. */
  @Override
  public @Nullable PropertyConfigurer getComponentPropertyConfigurer() {
    return null;
  }

  /** None, as for the component. */
  @Override
  public @Nullable PropertyConfigurer getEndpointPropertyConfigurer() {
    return null;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
    parameters.clear();
    String scheme = uri.substring(0, uri.indexOf(':'));
    return new Stub(uri, scheme + ":" + path);
  }

  /** An endpoint of its own, for what is no endpoint in the routes. */
  Consumer entry(String name, Processor processor) {
    Consumer consumer = new Entry(new Stub("stub:" + name, name), processor);
    entries.put(name, consumer);
    return consumer;
  }

  /** The entry of this name, or of the route with this id. */
  Optional<Consumer> entry(String name) {
    return Optional.ofNullable(entries.get(name))
        .or(
            () ->
                entries.values().stream()
                    .filter(consumer -> name.equals(((Entry) consumer).getRouteId()))
                    .findFirst());
  }

  private final class Stub extends DefaultEndpoint {
    private final String name;

    Stub(String uri, String name) {
      super(uri, StubComponent.this);
      this.name = name;
      setCamelContext(StubComponent.this.getCamelContext());
    }

    @Override
    public Producer createProducer() {
      return new Answering(this, name);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return entry(name, processor);
    }

    /** For steps that fetch: each fetch is a call of its own. */
    @Override
    public PollingConsumer createPollingConsumer() {
      return new Fetching(this, createProducer());
    }

    @Override
    public boolean isLenientProperties() {
      return true;
    }
  }

  private static final class Entry extends DefaultConsumer {
    Entry(Endpoint endpoint, Processor processor) {
      super(endpoint, processor);
    }
  }

  private static final class Fetching extends PollingConsumerSupport {
    private final Producer producer;

    Fetching(Endpoint endpoint, Producer producer) {
      super(endpoint);
      this.producer = producer;
    }

    @Override
    public Exchange receive() {
      Exchange fetched = getEndpoint().createExchange();
      try {
        producer.process(fetched);
      } catch (Exception e) {
        fetched.setException(e);
      }
      return fetched;
    }

    @Override
    public Exchange receiveNoWait() {
      return receive();
    }

    @Override
    public Exchange receive(long timeout) {
      return receive();
    }
  }

  private final class Answering extends DefaultAsyncProducer {
    private final String name;

    Answering(Endpoint endpoint, String name) {
      super(endpoint);
      this.name = name;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      ObjectNode seen = JsonNodeFactory.instance.objectNode();
      seen.set("body", Tree.of(exchange.getMessage().getBody()));
      seen.set("headers", Tree.of(exchange.getMessage().getHeaders()));
      recording.add(Recording.Kind.CALL, name, seen);
      Answer answer = answers.next(name).orElse(null);
      if (answer == null) {
        recording.addUnanswered(name);
        exchange.setException(
            new IllegalStateException(
                "the test has no answer of %s; write it below given: endpoints:".formatted(name)));
      } else if (!answer.delay().isZero()) {
        CompletableFuture.delayedExecutor(answer.delay().toMillis(), TimeUnit.MILLISECONDS)
            .execute(
                () -> {
                  apply(answer, exchange);
                  callback.done(false);
                });
        return false;
      } else {
        apply(answer, exchange);
      }
      callback.done(true);
      return true;
    }

    /** What comes over HTTP is bytes; other components answer with objects of theirs. */
    private Object body(Object plain) {
      return name.startsWith("http") ? Courier.bytes(plain) : plain;
    }

    private void apply(Answer answer, Exchange exchange) {
      answer.failure().map(failures::make).ifPresent(exchange::setException);
      answer.value().map(Part::plain).map(this::body).ifPresent(exchange.getMessage()::setBody);
      answer.headers().forEach(exchange.getMessage()::setHeader);
    }
  }
}
