package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.hub.StreamClient.Event;
import dev.serai.hub.StreamClient.Stream;
import dev.serai.support.RabbitPerClass;
import dev.serai.support.SeraiProcess;
import dev.serai.support.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one RabbitMQ and one PostgreSQL, behind a proxy that takes turns. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class SharedStreamsIT {
  private static final int CLIENTS = 10;
  private static final int EVENTS = 100;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String FOLLOW = "/stream?topic=helixagent/notifications";

  @RegisterExtension final RabbitPerClass rabbit = new RabbitPerClass();

  private final StreamClient clients = new StreamClient();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private List<SeraiProcess> instances;
  private RoundRobin proxy;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.broker.uri", rabbit.uri());
    settings.put("serai.db.url", TestPostgres.emptyDatabase());
    settings.put("serai.packs", "helixagent");
    instances =
        IntStream.range(0, 2)
            .parallel()
            .mapToObj(i -> SeraiProcess.start(data.resolve("s" + i), settings))
            .toList();
    proxy = new RoundRobin(instances.stream().map(SeraiProcess::port).toList());
  }

  @AfterAll
  void stop() throws Exception {
    clients.close();
    proxy.close();
    instances.forEach(SeraiProcess::close);
  }

  @Test
  void every_client_is_told_every_event_once_and_in_one_order() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      streams.add(clients.open(proxy.port(), FOLLOW));
    }

    notify("a", EVENTS);

    await()
        .atMost(LONG)
        .until(() -> streams.stream().allMatch(stream -> stream.events().size() >= EVENTS));
    List<Event> first = streams.get(0).events();
    assertThat(first).doesNotHaveDuplicates().hasSize(EVENTS);
    assertThat(streams).allSatisfy(stream -> assertThat(stream.events()).isEqualTo(first));
    streams.forEach(Stream::cut);
  }

  @Test
  void a_client_goes_on_at_the_other_instance_where_it_was_cut_at_one() throws Exception {
    Stream stream = clients.open(proxy.port(), FOLLOW);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      notify("b" + i, 2);
      Stream now = stream;
      await().atMost(LONG).until(() -> now.events().size() >= 2);
      stream.events().forEach(event -> seen.add(event.data()));
      String last = stream.lastId();
      stream.cut();
      stream = clients.open(proxy.port(), FOLLOW, Map.of("Last-Event-ID", last));
      assertThat(stream.answer().getHeader("Last-Event-ID")).isEqualTo(last);
    }
    stream.cut();

    assertThat(seen).doesNotHaveDuplicates().hasSize(8);
  }

  private void notify(String name, int events) throws Exception {
    for (int i = 0; i < events; i++) {
      HttpResponse<String> accepted =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:%d/publish/helixagent.notifications/any"
                              .formatted(instances.get(i % 2).port())))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"type\":\"%s\",\"number\":%d}".formatted(name, i)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    }
  }
}
