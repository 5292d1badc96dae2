package dev.serai.ordering;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Envelope;
import dev.serai.broker.Deliveries;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;

/**
 * Hands the messages of all partitions of a queue to a route. Instances share the partitions: the
 * broker gives each to one of them.
 *
 * <p>When it is suspended or stopped, it ends what it has begun and gives the partitions to others.
 */
final class OrderedConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(OrderedConsumer.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String PARK = "direct:shared-park-message";
  private static final int LOOKS_PER_SHARING = 5;
  private static final int CLOCK_THREADS = 2; // one may wait for a connection

  private final OrderedEndpoint endpoint;
  private volatile @Nullable Running running;
  private volatile boolean resting;
  private int looks; // one after the other

  /** What there is from start to stop. */
  private record Running(
      List<Partition> partitions,
      Intake intake,
      ExecutorService workers,
      ScheduledExecutorService clock,
      List<Meter> meters) {}

  OrderedConsumer(OrderedEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    OrderedEndpoint.Options options = endpoint.options();
    Partitioned queue = endpoint.engine().queue(options.queue());
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    ExecutorService workers = threads.newFixedThreadPool(this, "serai-ordered", options.workers());
    ScheduledExecutorService clock =
        threads.newScheduledThreadPool(this, "serai-ordered-clock", CLOCK_THREADS);
    Timer waited = endpoint.engine().meters().waited(options.queue());
    ProducerTemplate sender = endpoint.getCamelContext().createProducerTemplate();
    HoldingBack holding =
        endpoint.engine().holdingBack(queue, exchange -> sender.send(PARK, exchange));
    Crew crew = new Crew(workers, clock, held -> attempt(held, holding, waited));
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < queue.partitions().count(); i++) {
      partitions.add(new Partition(queue, i, options.window(), crew));
    }
    List<Meter> meters = endpoint.engine().meters().show(options.queue(), partitions);
    running = new Running(partitions, endpoint.engine().intake(queue), workers, clock, meters);
    resting = false;
    clock.scheduleWithFixedDelay(this::tend, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sees to it that all partitions are consumed, or tried to be. */
  private void tend() {
    Running now = running;
    if (now != null && !resting && tried(this::connection)) {
      now.partitions().forEach(one -> tried(() -> one.tend(this::connection)));
      tried(() -> now.intake().tend(this::connection));
      if (++looks % LOOKS_PER_SHARING == 0) {
        tried(() -> Sharing.leaveSome(now.partitions(), this::connection));
      }
    }
  }

  /** What needs the broker. */
  private interface Step {
    void run() throws IOException;
  }

  private boolean tried(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException | AmqpException | AlreadyClosedException e) {
      LOG.debug("Queue {} is not consumed now", endpoint.options().queue(), e);
    } catch (RuntimeException e) {
      LOG.error("Queue {} is not consumed now", endpoint.options().queue(), e);
    }
    return false;
  }

  private Connection connection() throws IOException {
    Connection connection = endpoint.engine().connections().createConnection().getDelegate();
    if (connection == null) {
      throw new IOException("The connection was closed");
    }
    return connection;
  }

  private Optional<Duration> attempt(Held message, HoldingBack holding, Timer waited) {
    if (message.isFirst()) {
      waited.record(message.age(), TimeUnit.NANOSECONDS);
    }
    Exchange exchange = createExchange(false);
    try {
      Letter letter = message.letter();
      Deliveries.fill(
          exchange,
          endpoint.options().queue(),
          new Envelope(message.tag(), false, letter.exchange(), letter.routingKey()),
          letter.properties(),
          letter.body());
      message.kept().begin(exchange);
      holding.attempt(message, exchange, this::route);
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    try {
      if (exchange.getException() == null) {
        return message.kept().nextWait();
      }
      getExceptionHandler()
          .handleException(
              "The message stays where it is, and is tried again",
              exchange,
              exchange.getException());
      return Optional.of(PAUSE);
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private void route(Exchange exchange) {
    try {
      getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
  }

  @Override
  protected void doSuspend() {
    resting = true;
    Running now = running;
    if (now != null) {
      now.intake().pause();
      now.partitions().forEach(Partition::pause);
    }
  }

  @Override
  protected void doResume() {
    Running now = running;
    if (now != null) {
      now.intake().resume();
      now.partitions().forEach(Partition::resume);
    }
    resting = false;
  }

  @Override
  protected void doStop() throws Exception {
    doSuspend();
    Running now = running;
    running = null;
    if (now != null) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (Partition partition : now.partitions()) {
        partition.end(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
      endpoint.engine().meters().remove(now.meters());
      var threads = Objects.requireNonNull(endpoint.getCamelContext()).getExecutorServiceManager();
      threads.shutdownNow(now.clock());
      threads.shutdownNow(now.workers());
    }
    super.doStop();
  }
}
