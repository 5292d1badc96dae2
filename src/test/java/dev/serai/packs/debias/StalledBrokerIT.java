package dev.serai.packs.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.RabbitNode;
import dev.serai.support.SeraiProcess;
import dev.serai.support.StallingProxy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that takes connections and answers nothing, and very many callers at once. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // started before each test
class StalledBrokerIT {
  private static final int CALLERS = 10_000;
  private static final int USUAL_CALLERS = 100;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final AtomicInteger connections = new AtomicInteger();
  private final HttpClient client =
      vertx
          .httpClientBuilder()
          .with(new PoolOptions().setHttp1MaxSize(CALLERS))
          .withConnectHandler(connection -> connections.incrementAndGet())
          .build();

  private RabbitNode node;
  private StallingProxy proxy;

  @BeforeEach
  void start_a_broker() throws Exception {
    node = RabbitNode.start();
    proxy = new StallingProxy(node.port());
  }

  @AfterEach
  void stop_the_broker() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    proxy.close();
    node.close();
  }

  @Test
  void ten_thousand_waiting_callers_cost_no_threads_and_succeed_when_it_goes_on(@TempDir Path data)
      throws Exception {
    try (SeraiProcess serai = start(data, "60s")) {
      long usual = usualThreads(serai);

      proxy.stall();
      List<CompletableFuture<String>> calls = calls(serai, CALLERS);
      await().atMost(LONG).until(() -> connections.get() == CALLERS);

      assertThat(threads(serai) - usual).isLessThan(10);
      assertThat(calls).noneMatch(CompletableFuture::isDone);
      proxy.resume();
      assertThat(answers(calls)).containsOnlyKeys("200");
    }
  }

  @Test
  void ten_thousand_callers_are_told_to_come_later_when_it_does_not(@TempDir Path data)
      throws Exception {
    try (SeraiProcess serai = start(data, "2s")) {
      long usual = usualThreads(serai);

      proxy.stall();
      List<CompletableFuture<String>> calls = calls(serai, CALLERS);
      AtomicLong most = new AtomicLong();
      await()
          .atMost(LONG)
          .until(
              () -> {
                most.accumulateAndGet(threads(serai), Math::max);
                return calls.stream().allMatch(CompletableFuture::isDone);
              });

      assertThat(most.get() - usual).isLessThan(10);
      assertThat(answers(calls)).containsOnlyKeys("503 with Retry-After");
      proxy.resume();
      await().atMost(LONG).until(() -> answers(calls(serai, 1)).containsKey("200"));
    }
  }

  private SeraiProcess start(Path data, String publishTimeout) {
    return SeraiProcess.start(
        data,
        Map.of(
            "serai.broker.uri",
            node.uri().replaceFirst(":\\d+$", ":" + proxy.port()),
            "serai.broker.publish-timeout",
            publishTimeout,
            "serai.packs",
            "debias",
            "serai.consume",
            "none"));
  }

  /** Threads that it has with a hundred callers and a broker that answers. */
  private long usualThreads(SeraiProcess serai) throws Exception {
    assertThat(answers(calls(serai, USUAL_CALLERS))).containsOnlyKeys("200");
    return threads(serai);
  }

  /** Each caller has a connection of its own, because none gets its answer before the others. */
  private List<CompletableFuture<String>> calls(SeraiProcess serai, int callers) {
    return IntStream.range(0, callers)
        .mapToObj(
            i ->
                client
                    .request(HttpMethod.POST, serai.port(), "127.0.0.1", "/events")
                    .compose(
                        request ->
                            request.putHeader("Content-Type", "application/json").send(event(i)))
                    .compose(response -> response.body().map(body -> answer(response)))
                    .toCompletionStage()
                    .toCompletableFuture())
        .toList();
  }

  private static Buffer event(int user) {
    return Buffer.buffer(
        "{\"user_id\":%d,\"product_id\":1,\"event_type\":\"view\"}".formatted(user));
  }

  private static String answer(HttpClientResponse response) {
    return response.statusCode()
        + (response.getHeader("Retry-After") == null ? "" : " with Retry-After");
  }

  /** How many callers had each answer. */
  private static Map<String, Long> answers(List<CompletableFuture<String>> calls) {
    return calls.stream()
        .collect(
            Collectors.groupingBy(
                call ->
                    call.handle((answer, failure) -> failure == null ? answer : "" + failure)
                        .join(),
                Collectors.counting()));
  }

  private static long threads(SeraiProcess serai) throws Exception {
    return serai
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_threads_live_threads"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
