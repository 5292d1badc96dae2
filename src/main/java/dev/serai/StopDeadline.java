package dev.serai;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when work that hangs would keep a stop from ending within ten seconds. What was
 * not finished was not acknowledged, so it is delivered again.
 */
final class StopDeadline {
  private static final Logger LOG = LoggerFactory.getLogger(StopDeadline.class);
  private static final long PATIENCE_MILLIS = 9_500;

  private StopDeadline() {}

  /** From now on a stop, by a signal or by an end of the last thread, has a deadline. */
  static void arm() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(StopDeadline::startClock, "serai-stop-deadline"));
  }

  /** In a thread of its own: the JVM waits for its hooks, so this one returns at once. */
  private static void startClock() {
    Thread clock = new Thread(StopDeadline::end, "serai-stop-clock");
    clock.setDaemon(true);
    clock.start();
  }

  private static void end() {
    try {
      TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
      LOG.warn("Stopped with work that did not end; what was not acknowledged is delivered again");
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
