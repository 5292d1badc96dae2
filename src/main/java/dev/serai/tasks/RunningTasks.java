package dev.serai.tasks;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The tasks that this process works on. Renews their leases on a thread of its own, because a
 * worker that is busy must not lose its task, and interrupts those that have to stop. Thread-safe.
 */
@Component("runningTasks")
public class RunningTasks implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTasks.class);

  private final Leases leases;
  private final Map<String, RunningTask> running = new ConcurrentHashMap<>();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "task-leases");
            thread.setDaemon(true);
            return thread;
          });

  RunningTasks(Leases leases) {
    this.leases = leases;
  }

  /** Begins to hold a task. */
  void enter(Claim claim) {
    if (ticking.compareAndSet(false, true)) { // before, the pack need not be there
      long pause = leases.renewal().toMillis();
      clock.scheduleWithFixedDelay(this::renewAll, pause, pause, TimeUnit.MILLISECONDS);
    }
    running.put(key(claim), new RunningTask(claim, leases.length()));
  }

  /** Ends it: nothing of the task is interrupted any more when this returns. */
  void leave(Claim claim) {
    RunningTask left = running.remove(key(claim));
    if (left != null) {
      left.end();
    }
  }

  /**
   * Says how to interrupt a task that has to stop before it is done.
   *
   * @param interrupt called once, by another thread, or at once by this one when the task has to
   *     stop already; not after the outcome of the task is known
   */
  public void onInterrupt(Claim claim, Runnable interrupt) {
    RunningTask task = running.get(key(claim));
    if (task != null) {
      task.onStop(interrupt);
    } else {
      interrupt.run(); // it is nobody's here
    }
  }

  /** Why a task has to stop; empty while it may go on. */
  public Optional<Stop> asked(Claim claim) {
    RunningTask task = running.get(key(claim));
    return task == null ? Optional.of(Stop.LOST) : task.asked();
  }

  /** Interrupts a task if it is done here; another process finds out when it renews its lease. */
  void cancel(String id) {
    running.values().stream()
        .filter(task -> task.claim().id().equals(id))
        .forEach(task -> task.stop(Stop.CANCELLED));
  }

  private void renewAll() {
    running.values().forEach(this::renew);
  }

  private void renew(RunningTask task) {
    try {
      long asked = System.nanoTime();
      Optional<Stop> stop = leases.renew(task.claim());
      if (stop.isPresent()) {
        task.stop(stop.get());
      } else {
        task.renewed(asked);
      }
    } catch (RuntimeException e) { // the database is away, or a hook failed: the others go on
      LOG.warn("lease-not-renewed: {}: {}", task.claim(), e.getMessage());
      if (task.isOutdated()) {
        task.stop(Stop.LOST);
      }
    }
  }

  private static String key(Claim claim) {
    return claim.id() + " " + claim.token();
  }

  @Override
  public void destroy() {
    clock.shutdownNow();
  }
}
