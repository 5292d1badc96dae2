package dev.serai.tasks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * The tasks that this process works on. Renews their leases on a thread of its own, because a
 * worker that is busy must not lose its task, and interrupts those that have to stop. Thread-safe.
 */
@Component("runningTasks")
public class RunningTasks implements InitializingBean, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTasks.class);

  private final Leases leases;
  private final Map<String, RunningTask> running = new ConcurrentHashMap<>();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "task-leases"));
  private final ExecutorService stops =
      Executors.newCachedThreadPool(work -> daemon(work, "task-stop"));

  RunningTasks(Leases leases) {
    this.leases = leases;
  }

  /** Looks for the store also while there are no tasks, so that its absence does not go unseen. */
  @Override
  public void afterPropertiesSet() {
    if (leases.renewal() != null) { // the pack is there
      tick();
    }
  }

  private void tick() {
    if (ticking.compareAndSet(false, true)) {
      long pause = leases.renewal().toMillis();
      clock.scheduleWithFixedDelay(this::renewAll, pause, pause, TimeUnit.MILLISECONDS);
    }
  }

  /** Begins to hold a task. */
  void enter(Claim claim) {
    tick();
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
    List<RunningTask> tasks =
        running.values().stream().filter(task -> task.asked().isEmpty()).toList();
    try {
      long asked = System.nanoTime();
      List<Renewal> renewals = leases.renew(tasks.stream().map(RunningTask::claim).toList());
      for (int i = 0; i < renewals.size(); i++) {
        take(renewals.get(i), tasks.get(i), asked);
      }
    } catch (RuntimeException e) { // the database is away
      if (!tasks.isEmpty()) {
        LOG.warn("lease-not-renewed: of {} tasks: {}", tasks.size(), e.getMessage());
      }
    }
    tasks.stream().filter(RunningTask::isOutdated).forEach(task -> stop(task, Stop.LOST));
  }

  private void take(Renewal renewal, RunningTask task, long asked) {
    switch (renewal) {
      case RENEWED -> task.renewed(asked);
      case IN_USE -> LOG.debug("{}: somebody else changes it now", task.claim());
      case CANCELLED -> stop(task, Stop.CANCELLED);
      case EXPIRED -> stop(task, Stop.EXPIRED);
      case LOST -> stop(task, Stop.LOST);
    }
  }

  /** On another thread: what an interrupt waits for must not keep the leases of others waiting. */
  private void stop(RunningTask task, Stop reason) {
    stops.execute(
        () -> {
          try {
            task.stop(reason);
          } catch (RuntimeException e) {
            LOG.warn("{} was not interrupted cleanly", task.claim(), e);
          }
        });
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private static String key(Claim claim) {
    return claim.id() + " " + claim.token();
  }

  @Override
  public void destroy() {
    clock.shutdownNow();
    stops.shutdown();
  }
}
