package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.RabbitPerClass;
import dev.serai.support.SeraiProcess;
import dev.serai.support.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What three instances on one broker and one database ask of a provider whose budget they share, as
 * the provider counts it. With H2 there is one instance only: {@link BudgetsOnH2Test}.
 */
@Timeout(400)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class SharedBudgetIT {
  private static final boolean LONG = Boolean.getBoolean("serai.test.long");
  private static final int REQUESTS = LONG ? 600 : 60; // in a minute
  private static final int TOKENS = LONG ? 60_000 : 6_000; // in a minute
  private static final String QUESTION =
      "x".repeat(50); // 80 bytes of JSON, which count as 20 tokens
  private static final int INSTANCES = 3;
  private static final int WORKERS = 8; // of each instance
  private static final int TOO_MANY = 8; // so that workers are left for the other budget
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  private final CountedAnswers counted = new CountedAnswers();
  private final CountedAnswers measured = new CountedAnswers();
  private final ChatServer counting = ChatServer.start().replies(counted);
  private final ChatServer measuring = ChatServer.start().replies(measured);
  private List<SeraiProcess> instances;

  @BeforeAll
  void start(@TempDir Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.uri", rabbit.uri());
    settings.put("serai.db.url", TestPostgres.emptyDatabase());
    settings.put("serai.packs", "helixagent");
    settings.put("helixagent.llm.workers", String.valueOf(WORKERS));
    settings.put("helixagent.llm.waits.pause", "10ms"); // they press hard
    settings.putAll(counting.asProvider(0, "counting", "counting"));
    settings.putAll(measuring.asProvider(1, "measuring", "measuring"));
    settings.put(
        "helixagent.llm.providers[0].limits.requests-per-minute", String.valueOf(REQUESTS));
    settings.put("helixagent.llm.providers[1].limits.tokens-per-minute", String.valueOf(TOKENS));
    instances =
        IntStream.range(0, INSTANCES)
            .parallel()
            .mapToObj(i -> SeraiProcess.start(data.resolve("s" + i), settings))
            .toList();
  }

  @AfterAll
  void stop() {
    instances.forEach(SeraiProcess::close);
    counting.close();
    measuring.close();
  }

  @Test
  void requests_in_a_minute_stay_within_two_percent() throws Exception {
    int minutes = LONG ? 2 : 1;

    submit("counting", minutes * REQUESTS + TOO_MANY);
    await().atMost(PATIENCE).until(() -> counted.requests() >= minutes * REQUESTS);

    staysWithin("requests", REQUESTS, counted::mostRequestsInAMinute);
  }

  @Test
  void tokens_in_a_minute_stay_within_two_percent() throws Exception {
    submit("measuring", TOKENS / CountedAnswers.USUAL + TOO_MANY);
    await().atMost(PATIENCE).until(() -> measured.mostTokensInAMinute() > TOKENS * 98L / 100);

    staysWithin("tokens", TOKENS, measured::mostTokensInAMinute);
  }

  /** While the workers of all instances go on asking for more. */
  private static void staysWithin(String what, int limit, Supplier<Long> most) {
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(20))
        .until(() -> most.get() <= limit * 1.02);
    System.out.printf("at most %d %s in a minute, of %d%n", most.get(), what, limit);
  }

  private void submit(String model, int number) throws Exception {
    for (int i = 0; i < number; i++) {
      HttpResponse<String> accepted =
          instances
              .get(i % INSTANCES)
              .post(
                  "/tasks/llm",
                  """
                  {"model":"%s","max_tokens":%d,"messages":[{"role":"user","content":"%s"}]}"""
                      .formatted(model, CountedAnswers.LONGEST, QUESTION));
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    }
  }
}
