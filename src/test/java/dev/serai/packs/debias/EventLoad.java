package dev.serai.packs.debias;

import dev.serai.support.Sidecar;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Posts numbered events over several connections at once and notes what becomes of each.
 *
 * <p>A connection whose event was not accepted pauses until {@link #goOn}, as a client does that
 * obeys Retry-After. Event n is of user n / 20 and product n.
 */
final class EventLoad implements AutoCloseable {
  static final int OF_EACH_USER = 20;

  private final int events;
  private final int connections;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, String> answers = new ConcurrentHashMap<>();
  private final CountDownLatch resumed = new CountDownLatch(1);
  private final ExecutorService senders;

  /** What the caller of an accepted event is told. */
  static final String ACCEPTED = "200";

  /** What the caller of a refused event is told. */
  static final String LATER = "503 with Retry-After";

  /** What a caller sees whose Serai dies. */
  static final String CUT_OFF = "no answer";

  EventLoad(int events, int connections) {
    this.events = events;
    this.connections = connections;
    this.senders = Executors.newFixedThreadPool(connections);
  }

  void start(Sidecar serai) {
    for (int i = 0; i < connections; i++) {
      senders.execute(() -> sendAll(serai));
    }
  }

  private void sendAll(Sidecar serai) {
    try {
      int number = next.getAndIncrement();
      while (number < events) {
        String answer = send(serai, number);
        answers.put(number, answer);
        if (!answer.equals(ACCEPTED)) {
          resumed.await();
        }
        number = next.getAndIncrement();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String send(Sidecar serai, int number) throws InterruptedException {
    try {
      HttpResponse<String> response = serai.post("/events", event(number));
      boolean later = response.headers().firstValue("Retry-After").isPresent();
      return response.statusCode() + (later ? " with Retry-After" : "");
    } catch (IOException e) {
      return CUT_OFF;
    }
  }

  private static String event(int number) {
    return "{\"user_id\":%d,\"product_id\":%d,\"event_type\":\"view\"}"
        .formatted(number / OF_EACH_USER, number);
  }

  /** Lets the connections go on that have paused; they will not pause again. */
  void goOn() {
    resumed.countDown();
  }

  /** How many events have had each answer so far. */
  Map<String, Long> counts() {
    return answers.values().stream()
        .collect(Collectors.groupingBy(answer -> answer, TreeMap::new, Collectors.counting()));
  }

  long count(String answer) {
    return counts().getOrDefault(answer, 0L);
  }

  /** The products in the accepted events of each user. */
  Map<Integer, Set<Integer>> accepted() {
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue().equals(ACCEPTED))
        .collect(
            Collectors.groupingBy(
                entry -> entry.getKey() / OF_EACH_USER,
                Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
  }

  /** Waits until each event has had its answer. */
  void finish() throws InterruptedException {
    senders.shutdown();
    if (!senders.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new AssertionError("not all callers were answered: " + counts());
    }
  }

  @Override
  public void close() {
    senders.shutdownNow();
  }
}
