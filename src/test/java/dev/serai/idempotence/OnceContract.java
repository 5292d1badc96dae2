package dev.serai.idempotence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.store.TestStore;
import dev.serai.support.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
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
  private static final Duration LEASE = Duration.ofMillis(300);
  private final List<String> done = new ArrayList<>();
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
    once =
        new Once(
            new SqlKeys(database.batches()),
            new StringRedisTemplate(connections),
            Duration.ofHours(1),
            LEASE,
            store());
    camel = new DefaultCamelContext();
    camel.getRegistry().bind("once", once);
    camel.addRoutes(routes());
    camel.start();
  }

  private RouteBuilder routes() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        for (String route : List.of("one", "two")) {
          from("direct:" + route)
              .routeId(route)
              .idempotentConsumer(simple("${header.words}${body}"))
              .idempotentRepository("once")
              .process(OnceContract.this::work);
        }
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
    camel.stop();
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
    Exchange dead = camel.getEndpoint("direct:one").createExchange();
    dead.getExchangeExtension().setFromRouteId("one");
    assertThat(once.add(dead, "c")).isTrue(); // and no end of it

    Exchange early = send("one", "c", Map.of());

    assertThat(early.getException()).isInstanceOf(InWorkException.class);
    assertThat(done).doesNotContain("one c");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> send("one", "c", Map.of()).getException() == null);
    assertThat(done).contains("one c");
  }

  @Test
  void a_key_is_forgotten_when_its_window_is_over() {
    Map<String, Object> brief = Map.of("words", "window=50ms ");
    send("one", "d", brief);

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              send("one", "d", brief);
              return done.stream().filter("one d"::equals).count() == 2;
            });
  }

  @Test
  void keys_whose_window_is_over_are_deleted_and_others_stay() {
    SqlKeys keys = new SqlKeys(database.batches());
    keys.claim("old", Duration.ofMillis(1));
    keys.claim("young", Duration.ofHours(1));

    await().atMost(Duration.ofSeconds(10)).until(() -> keys.forget(1000) > 0 || isGone("old"));

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
