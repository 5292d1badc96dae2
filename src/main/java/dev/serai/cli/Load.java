package dev.serai.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A closed loop: as many connections as asked for, each with one request at a time. */
final class Load {
  private static final String[] TYPES = {"view", "view", "view", "cart", "purchase"};

  private final URI target;
  private final int connections;
  private final int events;
  private final AtomicInteger next = new AtomicInteger();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  Load(URI target, int connections, int events) {
    this.target = target;
    this.connections = connections;
    this.events = events;
  }

  /** Sends all events and waits for all answers. */
  LoadResult run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      Thread thread = new Thread(this::sendInTurn, "load-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    Map<String, Integer> reasons = new TreeMap<>();
    failures.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    return new LoadResult(sorted, reasons, took);
  }

  private void sendInTurn() {
    int event = next.getAndIncrement();
    while (event < events) {
      try (PostConnection connection = new PostConnection(target)) {
        while (event < events) {
          long start = System.nanoTime();
          int status = connection.post(body(event));
          if (status / 100 == 2) {
            nanos.add(System.nanoTime() - start);
          } else {
            failures.add("status " + status);
          }
          event = next.getAndIncrement();
        }
      } catch (IOException e) {
        failures.add(String.valueOf(e.getMessage()));
        event = next.getAndIncrement();
      }
    }
  }

  private static String body(int event) {
    return "{\"user_id\":%d,\"product_id\":%d,\"event_type\":\"%s\",\"user_session\":\"bench-%d\"}"
        .formatted(event % 1000 + 1, event % 97 + 1, TYPES[event % TYPES.length], event % 1000);
  }
}
