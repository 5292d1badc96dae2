package dev.serai.ordering;

import com.rabbitmq.client.AlreadyClosedException;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
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

  private final OrderedEndpoint endpoint;
  private volatile @Nullable Running running;
  private volatile boolean resting;
  private final Map<String, String> failing = new ConcurrentHashMap<>();
  private int looks; // one after the other

  /** What there is from start to stop. */
  private record Running(
      List<Partition> partitions,
      ReadingConnection reading,
      Intake intake,
      List<ExecutorService> threads,
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
    ExecutorService workers = Crew.workers(threads, this, options.workers());
    ScheduledExecutorService clock = Crew.clock(threads, this);
    Timer waited = endpoint.engine().meters().waited(options.queue());
    ProducerTemplate sender = endpoint.getCamelContext().createProducerTemplate();
    HoldingBack holding =
        endpoint.engine().holdingBack(queue, exchange -> sender.send(PARK, exchange));
    Crew crew = new Crew(workers, clock, new Attempts(this, options.queue(), holding, waited));
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < queue.partitions().count(); i++) {
      partitions.add(new Partition(queue, i, options.window(), crew, endpoint.engine().bodies()));
    }
    List<Meter> meters = endpoint.engine().meters().show(options.queue(), partitions);
    ExecutorService carrying = threads.newSingleThreadExecutor(this, "serai-ordered-intake");
    Intake intake = endpoint.engine().intake(queue, carrying);
    running =
        new Running(
            partitions,
            endpoint.engine().reading(),
            intake,
            List.of(clock, workers, carrying),
            meters);
    resting = false;
    clock.scheduleWithFixedDelay(this::tend, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sees to it that all partitions are consumed, or tried to be. */
  private void tend() {
    Running now = running;
    if (now != null && !resting && tried("the connection", this::connect)) {
      now.partitions().forEach(one -> tried(one.name(), () -> one.tend(now.reading())));
      tried("its intake", () -> now.intake().tend());
      if (++looks % LOOKS_PER_SHARING == 0) {
        tried("sharing", () -> Sharing.leaveSome(now.partitions(), now.reading()));
      }
    }
  }

  /** What needs the broker. */
  private interface Step {
    void run() throws IOException;
  }

  private boolean tried(String what, Step step) {
    try {
      step.run();
      if (failing.remove(what) != null) {
        LOG.info("Queue {} is consumed again: {}", endpoint.options().queue(), what);
      }
      return true;
    } catch (IOException | AmqpException | AlreadyClosedException e) {
      say(what, e);
    } catch (RuntimeException e) {
      LOG.error("Queue {} is not consumed now", endpoint.options().queue(), e);
    }
    return false;
  }

  /** Once, however often it is tried. */
  private void say(String what, Exception why) {
    String text = String.valueOf(why.getMessage());
    Throwable cause = why.getCause();
    String reason = cause == null ? text : cause.toString();
    boolean news = !reason.equals(failing.put(what, reason));
    LOG.atLevel(news ? Level.WARN : Level.DEBUG)
        .log("Queue {} is not consumed now: {}: {}", endpoint.options().queue(), what, reason);
  }

  /** The one that all consumers share: with it, what is to be consumed is declared. */
  private void connect() {
    endpoint.engine().connections().createConnection();
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
      now.reading().end();
      endpoint.engine().meters().remove(now.meters());
      var threads = Objects.requireNonNull(endpoint.getCamelContext()).getExecutorServiceManager();
      now.threads().forEach(threads::shutdownNow);
    }
    super.doStop();
  }
}
