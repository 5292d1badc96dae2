package dev.serai.packs;

import dev.serai.files.Snapshot;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Loads all files when Camel has started, and looks for changes every second from then on. */
@Component
class ReloadLoop implements CamelContextConfiguration, SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadLoop.class);
  private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SETTLE_MILLIS = 100;
  private static final long END_SECONDS = 3;

  private final Reloader reloader;
  private final ReloadReport report;
  private final Duration interval;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "serai-routes");
            thread.setDaemon(true);
            return thread;
          });
  private Snapshot seen = Snapshot.EMPTY;
  private long notBefore = System.nanoTime();
  private String trouble = "";

  /**
   * Made before Camel starts.
   *
   * @param interval between two looks; zero means that only {@code POST /routes/reload} looks
   */
  ReloadLoop(
      Reloader reloader,
      ReloadReport report,
      @Value("${serai.reload.interval}") Duration interval) {
    this.reloader = reloader;
    this.report = report;
    this.interval = interval;
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {}

  @Override
  public void afterApplicationStart(CamelContext camel) {
    seen = reloader.look();
    report(reloader.run(seen, Set.of()));
    if (!interval.isZero()) {
      clock.scheduleWithFixedDelay(
          this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Before the routes stop: lets a change that is under way come to its end. */
  @Override
  public void stop() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    // begins with Camel
  }

  @Override
  public boolean isRunning() {
    return !clock.isShutdown();
  }

  /** Looks as soon as nothing else is under way. */
  void lookSoon() {
    clock.execute(this::look);
  }

  private void look() {
    try {
      Snapshot disk = reloader.look();
      if (disk.isSame(seen) || System.nanoTime() - notBefore < 0) {
        return;
      }
      Outcome outcome = reloader.run(settled(disk), Set.of());
      report(outcome);
      trouble = "";
    } catch (RuntimeException | Error e) { // an uncaught one would end the loop for ever
      String now = String.valueOf(e);
      if (!now.equals(trouble)) { // said once, not every second
        LOG.error("The routes run on as they are: {}", e.getMessage(), e);
        trouble = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void warn() {
    try {
      report.warn(reloader.warnings());
    } catch (RuntimeException e) {
      LOG.warn("The files cannot be searched for what is probably a mistake", e);
    }
  }

  /** What is there when nobody writes any more. */
  private Snapshot settled(Snapshot first) throws InterruptedException {
    Snapshot last = first;
    while (true) {
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
      Snapshot now = reloader.look();
      if (now.isSame(last)) {
        seen = now;
        return now;
      }
      last = now;
    }
  }

  private void report(Outcome outcome) {
    if (outcome.result() == Outcome.Result.BUSY) {
      seen = Snapshot.EMPTY;
      notBefore = System.nanoTime() + BUSY_NANOS;
    }
    report.tell(outcome);
    if (outcome.result() == Outcome.Result.APPLIED) {
      clock.execute(this::warn); // must not delay the start
    }
  }
}
