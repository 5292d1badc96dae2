package dev.serai.idempotence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.store.TestStore;
import dev.serai.support.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What a route with {@code idempotentConsumer} and bean {@code once} does, whichever the store. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // opened before all tests
abstract class OnceContract {
  private static final Duration LEASE = Duration.ofSeconds(2); // renewed three times in it
  private final List<String> done = new CopyOnWriteArrayList<>();
  private volatile Processor slowly = exchange -> {};
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TestStore database;
  private TestRedis server;
  private JedisConnectionFactory connections;
  private Once once;
  private CamelContext camel;

  abstract String store();

  abstract TestStore open(Path data);

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    database = open(data);
    server = TestRedis.start();
    connections =
        new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
    connections.afterPropertiesSet();
    connections.start();
    once = process();
    camel = new DefaultCamelContext(new OnceBeans(once));
    camel.getRegistry().bind("once", once);
    camel.addRoutes(routes());
    camel.start();
  }

  /** What one process has. */
  private Once process() {
    return new Once(
        new SqlKeys(database.batches()),
        new StringRedisTemplate(connections),
        Duration.ofHours(1),
        LEASE,
        store());
  }

  private RouteBuilder routes() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        for (String route : List.of("one", "two")) {
          from("direct:" + route)
              .routeId(route)
              .idempotentConsumer(simple("${body}"))
              .idempotentRepository("once")
              .process(OnceContract.this::work);
        }
        from("direct:slow")
            .routeId("slow")
            .idempotentConsumer(simple("${body}"))
            .idempotentRepository("once")
            .process(exchange -> slowly.process(exchange))
            .process(OnceContract.this::work);
        from("direct:brief")
            .routeId("brief")
            .idempotentConsumer(simple("${body}"))
            .idempotentRepository("once?window=50ms")
            .process(OnceContract.this::work);
      }
    };
  }

  private void work(Exchange exchange) {
    String key = exchange.getMessage().getBody(String.class);
    if (exchange.getMessage().getHeader("fails") != null) {
      throw new IllegalStateException("no");
    }
    done.add(exchange.getFromRouteId() + " " + key);
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
    camel.stop();
    once.end();
    connections.destroy();
    server.close();
    database.close();
  }

  private Exchange send(String route, String key, Map<String, Object> headers) {
    return camel
        .createFluentProducerTemplate()
        .to("direct:" + route)
        .withBody(key)
        .withHeaders(headers)
        .send();
  }

  @Test
  void each_route_does_a_message_once() {
    for (int i = 0; i < 3; i++) {
      send("one", "a", Map.of());
      send("two", "a", Map.of());
    }

    assertThat(done).contains("one a", "two a").filteredOn(text -> text.endsWith(" a")).hasSize(2);
  }

  @Test
  void what_has_failed_is_done_at_the_next_attempt() {
    Exchange failed = send("one", "b", Map.of("fails", true));

    Exchange again = send("one", "b", Map.of());

    assertThat(failed.getException()).hasMessage("no");
    assertThat(again.getException()).isNull();
    assertThat(done).contains("one b");
  }

  @Test
  void what_a_consumer_died_with_fails_until_its_lease_ends_and_is_done_then() {
    Once dead = process();
    assertThat(dead.add(exchange(), "c")).isTrue(); // and no end of it
    dead.end();

    Exchange early = send("one", "c", Map.of());

    assertThat(early.getException()).isInstanceOf(InWorkException.class);
    assertThat(done).doesNotContain("one c");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> send("one", "c", Map.of()).getException() == null);
    assertThat(done).contains("one c");
  }

  @Test
  void what_takes_longer_than_its_lease_is_not_begun_by_another() throws Exception {
    CountDownLatch waited = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    slowly =
        exchange -> {
          begun.countDown();
          waited.await();
        };
    CompletableFuture<Exchange> slow =
        CompletableFuture.supplyAsync(() -> send("slow", "slow", Map.of()), threads);
    begun.await();
    slowly = exchange -> {}; // whoever else begins does not wait
    Instant later = Instant.now().plus(LEASE.multipliedBy(2));

    try {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                assertThat(send("slow", "slow", Map.of()).getException())
                    .isInstanceOf(InWorkException.class);
                return Instant.now().isAfter(later);
              });
    } finally {
      waited.countDown();
    }
    assertThat(slow.get().getException()).isNull();

    send("slow", "slow", Map.of());
    assertThat(done).filteredOn("slow slow"::equals).hasSize(1);
  }

  @Test
  void one_that_stood_still_for_longer_than_its_lease_takes_nothing_from_the_next() {
    Once still = process();
    Exchange first = exchange();
    still.add(first, "e");
    still.end(); // it renews nothing
    Exchange second = exchange();
    await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> once.add(second, "e"));

    assertThat(still.confirm(first, "e")).as("done by the first").isFalse();
    assertThat(once.contains(second, "e")).isFalse();
    still.remove(first, "e");
    assertThatThrownBy(() -> process().add(exchange(), "e")).isInstanceOf(InWorkException.class);
    assertThat(once.confirm(second, "e")).isTrue();
    assertThat(once.contains(second, "e")).isTrue();
  }

  @Test
  void one_whose_lease_ended_and_that_nobody_has_followed_is_done_all_the_same() {
    SqlKeys keys = new SqlKeys(database.batches());
    keys.claim("late", "me", Duration.ofMillis(1));
    await().atMost(Duration.ofSeconds(10)).until(() -> keys.forget(1) || isGone("late"));

    assertThat(keys.done("late", "me", Duration.ofHours(1))).isTrue();
    assertThat(keys.isDone("late")).isTrue();
  }

  @Test
  void a_key_that_looks_like_options_is_a_key() {
    for (String key : List.of("window=1ms x", "store=disk x", "window=soon")) {
      assertThat(send("one", key, Map.of()).getException()).isNull();
      assertThat(once.contains(exchange(), key)).isTrue();
    }
  }

  @Test
  void keys_of_no_route_are_their_own() {
    assertThat(once.add("k")).isTrue();
    assertThat(once.add(exchange(), "k")).isTrue();
    assertThat(once.confirm("k")).isTrue();
    assertThat(once.contains("k")).isTrue();
    assertThat(once.contains(exchange(), "k")).isFalse();
  }

  private Exchange exchange() {
    Exchange exchange = camel.getEndpoint("direct:one").createExchange();
    exchange.getExchangeExtension().setFromRouteId("one");
    return exchange;
  }

  @Test
  void a_key_is_forgotten_when_its_window_is_over() {
    send("brief", "d", Map.of());

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              send("brief", "d", Map.of());
              return done.stream().filter("brief d"::equals).count() == 2;
            });
  }

  @Test
  void keys_whose_window_is_over_are_deleted_and_others_stay() {
    SqlKeys keys = new SqlKeys(database.batches());
    keys.claim("old", "me", Duration.ofMillis(1));
    keys.claim("young", "me", Duration.ofHours(1));

    await().atMost(Duration.ofSeconds(10)).until(() -> keys.forget(1) || isGone("old"));

    assertThat(isGone("old")).isTrue();
    assertThat(isGone("young")).isFalse();
  }

  private boolean isGone(String id) {
    return database
            .jdbc()
            .sql("SELECT COUNT(*) FROM idempotence_key WHERE id = ?")
            .param(id)
            .query(Integer.class)
            .single()
        == 0;
  }
}
