package dev.serai.broker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts what consumers do. */
@Component
public class ConsumerMeters {
  private static final String PUBLISHED_AT = "serai-published-at";

  private final MeterRegistry meters;

  ConsumerMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** The meters of one consumer. */
  private record RouteMeters(
      Counter consumed, Counter acked, Counter requeued, Timer processing, Timer endToEnd) {

    static RouteMeters of(MeterRegistry meters, String queue, String route) {
      Tags tags = Tags.of("queue", queue, "route", route);
      return new RouteMeters(
          meters.counter("serai.messages.consumed", tags),
          meters.counter("serai.messages.acked", tags),
          meters.counter("serai.messages.requeued", tags),
          meters.timer("serai.message.processing", tags),
          meters.timer("serai.message.end.to.end", tags));
    }
  }

  /**
   * Watches the route of a consumer.
   *
   * @param queue the name in the meters
   * @param route what processes each delivery
   */
  public Processor watch(String queue, Processor route) {
    return new Watched(queue, route);
  }

  private final class Watched extends DelegateAsyncProcessor {
    private final String queue;
    private volatile @Nullable RouteMeters figures;

    Watched(String queue, Processor route) {
      super(route);
      this.queue = queue;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      long start = System.nanoTime();
      RouteMeters of = figures(exchange);
      Object body = exchange.getMessage().getBody();
      List<ReceivedMessage> received = received(exchange, body);
      int size = body instanceof List<?> batch ? batch.size() : 1;
      of.consumed().increment(size);
      return super.process(
          exchange,
          done -> {
            of.processing().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            if (exchange.getException() == null) {
              of.acked().increment(size);
              if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) == null) {
                received.forEach(message -> recordAge(of.endToEnd(), message));
              }
            } else {
              of.requeued().increment(size);
            }
            callback.done(done);
          });
    }

    /** Made at the first message, because the route has no name before. */
    private RouteMeters figures(Exchange exchange) {
      RouteMeters made = figures;
      if (made == null) {
        made = RouteMeters.of(meters, queue, String.valueOf(exchange.getFromRouteId()));
        figures = made;
      }
      return made;
    }

    private static List<ReceivedMessage> received(Exchange exchange, @Nullable Object body) {
      List<ReceivedMessage> found = new ArrayList<>();
      if (body instanceof List<?> batch) {
        for (Object part : batch) {
          if (part instanceof Message message
              && message.getHeader(ReceivedMessage.HEADER) instanceof ReceivedMessage one) {
            found.add(one);
          }
        }
      } else if (exchange.getProperty(ReceivedMessage.PROPERTY) instanceof ReceivedMessage one) {
        found.add(one);
      }
      return found;
    }

    private static void recordAge(Timer endToEnd, ReceivedMessage received) {
      if (received.properties().getHeaders() != null
          && received.properties().getHeaders().get(PUBLISHED_AT) instanceof Long published) {
        endToEnd.record(Math.max(0, System.currentTimeMillis() - published), TimeUnit.MILLISECONDS);
      }
    }
  }
}
