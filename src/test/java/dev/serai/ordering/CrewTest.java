package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {
  private static final int MANY = 5000; // more than Camel lets wait as a rule

  private final CamelContext camel = new DefaultCamelContext();

  @AfterEach
  void end() {
    camel.stop();
  }

  @Test
  void however_many_wait_whoever_brings_them_tries_none() throws Exception {
    ExecutorService workers = Crew.workers(camel.getExecutorServiceManager(), this, 2);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(MANY);
    Set<Thread> tried = ConcurrentHashMap.newKeySet();

    for (int i = 0; i < MANY; i++) {
      workers.execute(
          () -> {
            tried.add(Thread.currentThread());
            await(go);
            done.countDown();
          });
    }
    go.countDown();

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(tried).hasSize(2).doesNotContain(Thread.currentThread());
  }

  private static void await(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void refuses_work_when_the_route_has_ended() {
    ExecutorService workers = Crew.workers(camel.getExecutorServiceManager(), this, 1);
    ScheduledExecutorService clock = Crew.clock(camel.getExecutorServiceManager(), this);
    workers.shutdownNow();
    clock.shutdownNow();

    assertThatThrownBy(() -> workers.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> clock.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
