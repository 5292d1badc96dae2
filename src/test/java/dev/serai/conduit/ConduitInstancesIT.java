package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.serai.support.RabbitPerClass;
import dev.serai.support.SeraiProcess;
import dev.serai.support.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three instances on one RabbitMQ and one database, each beside an application with a cache. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class ConduitInstancesIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String FLUSH = "{\"action\":\"flush-all\"}";

  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  private final String database = TestPostgres.emptyDatabase();
  private final Map<String, List<String>> notices = new ConcurrentHashMap<>();
  private final Map<String, SeraiProcess> instances = new ConcurrentHashMap<>();
  private Path data;
  private HttpServer applications;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    data = folder;
    applications = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    applications.setExecutor(Executors.newCachedThreadPool());
    applications.createContext(
        "/",
        exchange -> {
          String notice =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard(exchange.getRequestURI().getPath().substring(1)).add(notice);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    applications.start();
    List.of("a", "b", "c").parallelStream().forEach(this::start);
  }

  private void start(String name) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.uri", rabbit.uri());
    settings.put("serai.packs", "conduit");
    settings.put("serai.db.url", database);
    settings.put("serai.db.pool-size", "4");
    if (name.equals("b")) { // one that only publishes has a cache beside it too
      settings.put("serai.consume", "none");
    }
    settings.put(
        "conduit.cache.invalidate-url",
        "http://127.0.0.1:%d/%s".formatted(applications.getAddress().getPort(), name));
    instances.put(name, SeraiProcess.start(data.resolve(name), settings));
  }

  private SeraiProcess instance(String name) {
    return Objects.requireNonNull(instances.get(name));
  }

  private List<String> heard(String name) {
    return notices.computeIfAbsent(name, first -> new CopyOnWriteArrayList<>());
  }

  @AfterAll
  void stop() {
    instances.values().forEach(SeraiProcess::close);
    applications.stop(0);
  }

  @Test
  void every_cache_hears_of_a_change_and_one_that_was_away_forgets_everything_first()
      throws Exception {
    for (String name : List.of("a", "b", "c")) {
      await(name).atMost(LONG).until(() -> !heard(name).isEmpty());
    }
    publish("a", "virtual-key.updated", "{\"virtualKeyId\":\"vk-1\",\"eventId\":\"u1\"}");

    for (String name : List.of("a", "b", "c")) {
      await(name).atMost(LONG).until(() -> hasForgotten(name, "u1"));
      assertThat(heard(name).get(0)).isEqualTo(FLUSH);
    }
    instance("c").kill();
    heard("c").clear();
    publish("a", "virtual-key.deleted", "{\"virtualKeyId\":\"vk-1\",\"eventId\":\"u2\"}");
    await().atMost(LONG).until(() -> hasForgotten("b", "u2"));
    instance("c").restart();
    await().atMost(LONG).until(() -> !heard("c").isEmpty());
    publish("a", "provider.deleted", "{\"providerId\":\"p\",\"eventId\":\"u3\"}");

    await().atMost(LONG).until(() -> hasForgotten("c", "u3"));
    List<String> again = new ArrayList<>(heard("c"));
    assertThat(again.get(0)).isEqualTo(FLUSH);
    assertThat(again).noneMatch(notice -> notice.contains("\"u2\""));
    assertThat(heard("a").stream().filter(FLUSH::equals)).hasSizeBetween(1, 2);
  }

  /** It was told of the event, or of everything once more as the first time was still under way. */
  private boolean hasForgotten(String name, String event) {
    return heard(name).stream().anyMatch(notice -> notice.contains('"' + event + '"'))
        || heard(name).stream().filter(FLUSH::equals).count() > 1;
  }

  @Test
  void spend_is_booked_once_however_often_and_to_whom_it_is_told() throws Exception {
    for (int i = 0; i < 20; i++) {
      for (String name : List.of("a", "b")) {
        publish(
            name,
            "virtual-key.spend-requested",
            "{\"virtualKeyId\":\"vk-2\",\"amount\":0.25,\"eventId\":\"s%d\"}".formatted(i % 4));
      }
    }
    publish(
        "a",
        "virtual-key.spend-requested",
        "{\"virtualKeyId\":\"vk-2\",\"amount\":9,\"eventId\":\"end\"}");

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(instance("b").get("/conduit/virtual-keys/vk-2/spend").body())
                    .contains("\"total\":10,", "\"bookings\":5"));
    await()
        .atMost(LONG)
        .until(() -> heard("a").stream().filter(n -> n.contains("\"vk-2\"")).count() >= 5);
  }

  private void publish(String name, String key, String event) throws Exception {
    assertThat(instance(name).post("/conduit/events/" + key, event).statusCode()).isEqualTo(202);
  }
}
