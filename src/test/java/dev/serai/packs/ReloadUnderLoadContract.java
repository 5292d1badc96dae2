package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are edited while 1,000 messages a second and HTTP requests come. */
abstract class ReloadUnderLoadContract {
  private static final int RELOADS = Boolean.getBoolean("serai.test.long") ? 100 : 10;
  private static final int MESSAGES_A_TICK = 10;

  /** Messages a second, of 1,000; in the short form the starts of threads weigh too much. */
  private static final double LEAST_RATE = Boolean.getBoolean("serai.test.long") ? 900 : 1;

  private static final String TARGET = LoadTarget.class.getName();
  private static final String COUNT = "routes/swap/count.camel.yaml";

  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> processed = new ConcurrentHashMap<>();
  private final Queue<String> secondTimes = new ConcurrentLinkedQueue<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final List<Long> pauses = new ArrayList<>();

  abstract Map<String, String> broker();

  @Test
  void loses_no_message_and_fails_no_request(@TempDir Path folder) throws Exception {
    try (EditedSerai edited = new EditedSerai(folder, broker())) {
      LoadTarget.next = this::note;
      edited.write(KameletReloadIT.KAMELET, KameletReloadIT.STAMP);
      edited.edit(
          COUNT,
          t ->
              t.replace(
                  "to: mock:swap",
                  "kamelet: {name: swap-stamp, parameters: {text: all}}"
                      + "\n        - bean: {beanType: "
                      + TARGET
                      + "}"));
      edited.apply();
      ScheduledExecutorService load = Executors.newScheduledThreadPool(3);
      AtomicInteger number = new AtomicInteger();
      CountDownLatch warm = new CountDownLatch(50);
      load.scheduleAtFixedRate(
          () -> {
            for (int i = 0; i < MESSAGES_A_TICK; i++) {
              publish(edited, "m" + number.incrementAndGet());
            }
            warm.countDown();
          },
          0,
          MESSAGES_A_TICK,
          TimeUnit.MILLISECONDS);
      load.scheduleWithFixedDelay(() -> ask(edited), 0, 2, TimeUnit.MILLISECONDS);
      load.scheduleWithFixedDelay(() -> ask(edited), 1, 2, TimeUnit.MILLISECONDS);
      assertThat(warm.await(1, TimeUnit.MINUTES)).isTrue();
      long from = System.nanoTime();
      int first = number.get();

      for (int i = 1; i <= RELOADS; i++) {
        reload(edited, i);
      }

      double rate = (number.get() - first) / ((System.nanoTime() - from) / 1e9);
      load.shutdown();
      assertThat(load.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      await().atMost(Duration.ofMinutes(1)).until(() -> processed.keySet().containsAll(sent));
      assertThat(processed.keySet()).isEqualTo(sent);
      assertThat(secondTimes).as("second times without the redelivered flag").isEmpty();
      assertThat(answers).isNotEmpty().allMatch(answer -> answer.startsWith("200 "));
      assertThat(edited.admin().getQueueInfo(edited.named("dead")).getMessageCount()).isZero();
      report(rate);
      assertThat(rate).isGreaterThan(LEAST_RATE);
    }
  }

  /**
   * By turns the consumer, the block that it calls, its policy, a value, the HTTP entry, a kamelet
   * and a queue.
   */
  private void reload(EditedSerai edited, int i) throws Exception {
    switch (i % 7) {
      case 0 -> edited.edit("routes/swap/take.camel.yaml", text -> text + "# " + i + "\n");
      case 1 -> edited.edit(COUNT, text -> text.replaceFirst("constant: .*", "constant: e" + i));
      case 2 -> edited.edit("routes/shared/policies/retry-then-park.camel.yaml", t -> t + "# x\n");
      case 3 -> edited.edit("config/swap.yaml", text -> "swap:\n  value: v" + i + "\n");
      case 4 -> edited.edit(KameletReloadIT.KAMELET, text -> text + "# " + i + "\n");
      case 5 -> edited.edit("routes/swap/topology.yaml", text -> text + queue(edited, "q" + i));
      default -> edited.edit("routes/swap/ping.camel.yaml", text -> text + "# " + i + "\n");
    }
    JsonNode outcome = edited.apply();
    pauses.add(outcome.path("heldBack").asLong());
    int before = processed.size();
    await().until(() -> processed.size() > before + MESSAGES_A_TICK);
  }

  private static String queue(EditedSerai edited, String name) {
    return "  %s:\n    bindings: [{exchange: %s, key: %s}]\n"
        .formatted(edited.named(name), edited.named("in"), name);
  }

  private void publish(EditedSerai edited, String id) {
    edited.publish(id);
    sent.add(id);
  }

  private void ask(EditedSerai edited) {
    try {
      HttpResponse<String> answer = edited.serai().post("/swap/ping", "{}");
      answers.add(answer.statusCode() + " " + answer.body());
    } catch (Exception e) {
      answers.add(e.toString());
    }
  }

  private void note(Exchange exchange) {
    String id = exchange.getMessage().getBody(String.class);
    int times = processed.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
    boolean flagged =
        exchange.getMessage().getHeader(SpringRabbitMQConstants.REDELIVERED, false, Boolean.class);
    if (times > 1 && !flagged) {
      secondTimes.add(id);
    }
  }

  private void report(double rate) {
    LongSummaryStatistics held = pauses.stream().mapToLong(Long::longValue).summaryStatistics();
    System.out.printf(
        "%d reloads, %d messages (%.0f/s), %d twice, %d requests; held back %.0f ms on average,"
            + " %d at most%n",
        RELOADS,
        sent.size(),
        rate,
        processed.values().stream().filter(times -> times.get() > 1).count(),
        answers.size(),
        held.getAverage(),
        held.getMax());
  }
}
