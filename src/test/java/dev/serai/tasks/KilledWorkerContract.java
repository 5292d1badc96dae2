package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.serai.support.SeraiProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks when the process that works on them is killed. */
@Timeout(300)
@SuppressWarnings("NullAway.Init") // started before each test
abstract class KilledWorkerContract {
  private static final int TASKS = Boolean.getBoolean("serai.test.long") ? 1_000 : 100;
  private static final int WORKERS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch killed = new CountDownLatch(1);
  private HttpServer target;

  /** Settings that choose the broker and the database; both are empty. */
  abstract Map<String, String> surroundings();

  @BeforeEach
  void listen() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.setExecutor(Executors.newCachedThreadPool());
    target.createContext("/", this::answer);
    target.start();
  }

  /** Those after the first third are not answered before the kill. */
  private void answer(HttpExchange call) throws IOException {
    call.getRequestBody().readAllBytes();
    if (calls.incrementAndGet() > TASKS / 3) {
      try {
        killed.await(120, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    call.sendResponseHeaders(204, -1);
    call.close();
  }

  @AfterEach
  void stop() {
    target.stop(0);
  }

  @Test
  void all_of_them_end_and_none_twice() throws Exception {
    try (SeraiProcess serai = SeraiProcess.start(data, settings())) {
      for (int i = 0; i < TASKS; i++) {
        HttpResponse<String> accepted =
            serai.post("/tasks/background", "{\"target\":\"slow\",\"body\":%d}".formatted(i));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(calls).hasValue(TASKS / 3 + WORKERS));

      serai.kill();
      killed.countDown();
      serai.restart();

      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(() -> assertThat(ListedTasks.of(serai, "state=succeeded")).hasSize(TASKS));
      List<JsonNode> done = ListedTasks.of(serai, "state=succeeded");
      assertThat(done)
          .allSatisfy(task -> assertThat(ListedTasks.outcomes(task, "succeeded")).isEqualTo(1));
      assertThat(done.stream().filter(task -> ListedTasks.outcomes(task, "lost") == 1))
          .hasSize(WORKERS);
      assertThat(calls).hasValue(TASKS + WORKERS);
      assertThat(JSON.readTree(serai.operatorGet("/dlq").body()).at("/items/0/messages").asInt(-1))
          .isZero();
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(surroundings());
    settings.put("serai.packs", "helixagent");
    settings.put("helixagent.background.workers", String.valueOf(WORKERS));
    settings.put(
        "helixagent.background.targets",
        "slow=http://127.0.0.1:%d/".formatted(target.getAddress().getPort()));
    settings.put("helixagent.tasks.lease", "9s");
    settings.put("serai.db.answer-timeout", "4s");
    settings.put("helixagent.tasks.renewal", "200ms");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "1s");
    return settings;
  }
}
