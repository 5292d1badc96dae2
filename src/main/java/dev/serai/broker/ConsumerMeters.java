package dev.serai.broker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.stereotype.Component;

/**
 * Counts what consumers do, and slows down a message that no policy could take, because it comes
 * back at once.
 */
@Component
class ConsumerMeters {
  private static final String PUBLISHED_AT = "serai-published-at";

  private final MeterRegistry meters;

  ConsumerMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * Watches the route of a consumer.
   *
   * @param queue the name in the meters
   * @param route what processes each delivery
   */
  Processor watch(String queue, Processor route) {
    return new Watched(queue, route);
  }

  private final class Watched extends DelegateAsyncProcessor {
    private static final long BEFORE_REQUEUE_MILLIS = 1000;

    private final Counter consumed;
    private final Counter acked;
    private final Counter requeued;
    private final Timer processing;
    private final Timer endToEnd;

    Watched(String queue, Processor route) {
      super(route);
      this.consumed = meters.counter("serai.messages.consumed", "queue", queue);
      this.acked = meters.counter("serai.messages.acked", "queue", queue);
      this.requeued = meters.counter("serai.messages.requeued", "queue", queue);
      this.processing = meters.timer("serai.message.processing", "queue", queue);
      this.endToEnd = meters.timer("serai.message.end.to.end", "queue", queue);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      long start = System.nanoTime();
      int size = exchange.getMessage().getBody() instanceof List<?> batch ? batch.size() : 1;
      consumed.increment(size);
      ReceivedMessage received =
          exchange.getProperty(ReceivedMessage.PROPERTY, ReceivedMessage.class);
      return super.process(
          exchange,
          done -> {
            processing.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            if (exchange.getException() == null) {
              acked.increment(size);
              recordAge(received);
            } else {
              requeued.increment(size);
              pause();
            }
            callback.done(done);
          });
    }

    private void recordAge(@org.jspecify.annotations.Nullable ReceivedMessage received) {
      if (received != null
          && received.properties().getHeaders() != null
          && received.properties().getHeaders().get(PUBLISHED_AT) instanceof Long published) {
        endToEnd.record(Math.max(0, System.currentTimeMillis() - published), TimeUnit.MILLISECONDS);
      }
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(BEFORE_REQUEUE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
