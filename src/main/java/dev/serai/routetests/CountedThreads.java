package dev.serai.routetests;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/**
 * Camel's thread pools, with a count of what they were given and have not ended. Camel itself
 * counts a message only once a thread has taken it up.
 */
final class CountedThreads extends DefaultThreadPoolFactory {
  private final AtomicInteger open = new AtomicInteger();

  /** Tasks that wait for a thread or have one. */
  int open() {
    return open.get();
  }

  @Override
  public ExecutorService newCachedThreadPool(ThreadFactory threads) {
    return new Counted(super.newCachedThreadPool(threads));
  }

  @Override
  public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
    return new Counted(super.newThreadPool(profile, threads));
  }

  private final class Counted extends AbstractExecutorService {
    private final ExecutorService pool;

    Counted(ExecutorService pool) {
      this.pool = pool;
    }

    @Override
    public void execute(Runnable task) {
      open.incrementAndGet();
      boolean taken = false;
      try {
        pool.execute(() -> run(task));
        taken = true;
      } finally {
        if (!taken) {
          open.decrementAndGet();
        }
      }
    }

    private void run(Runnable task) {
      try {
        task.run();
      } finally {
        open.decrementAndGet();
      }
    }

    @Override
    public void shutdown() {
      pool.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return pool.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return pool.awaitTermination(timeout, unit);
    }
  }
}
