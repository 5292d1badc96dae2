package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.hub.StreamClient.Stream;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many clients, slow ones, and how they are counted. */
interface ManyClientsContract extends FollowedStreams {
  int MANY = Boolean.getBoolean("serai.test.long") ? 1000 : 100;
  int LARGE = 512 * 1024;

  @Test
  default void many_clients_are_told_many_events_none_missing_and_none_twice() throws Exception {
    String topic = UUID.randomUUID().toString();
    List<CompletableFuture<Stream>> opening = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      opening.add(clients().openLater(serai().port(), "/stream?topic=" + topic, Map.of()));
    }
    List<Stream> streams = new ArrayList<>();
    for (CompletableFuture<Stream> stream : opening) {
      streams.add(stream.get(60, TimeUnit.SECONDS));
    }

    for (int i = 0; i < MANY; i++) {
      hub().publish(Channel.SSE, Update.of(topic, "" + i), null);
    }

    await().atMost(LONG).until(() -> streams.stream().allMatch(s -> s.events().size() >= MANY));
    List<String> all = IntStream.range(0, MANY).mapToObj(String::valueOf).toList();
    assertThat(streams).allSatisfy(stream -> assertThat(data(stream)).isEqualTo(all));
    streams.forEach(Stream::cut);
  }

  @Test
  default void a_client_that_takes_nothing_is_cut_off_and_can_come_back() throws Exception {
    String path = "/stream?topic=" + UUID.randomUUID();
    String topic = path.substring(path.indexOf('=') + 1);
    await().atMost(LONG).until(() -> connections() == 0); // of other tests
    double before = cutOff();
    String start = publish(topic, "0");
    Stream healthy = clients().open(serai().port(), path);
    try (Socket stuck = new Socket()) { // reads nothing
      stuck.setReceiveBufferSize(4096);
      stuck.connect(new InetSocketAddress("127.0.0.1", serai().port()));
      stuck
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      await().atMost(LONG).until(() -> connections() == 2);

      for (int i = 1; i <= 60; i++) {
        publish(topic, i + "x".repeat(LARGE));
      }

      await().atMost(LONG).until(() -> cutOff() > before);
    }
    await().atMost(LONG).until(() -> healthy.events().size() >= 60);
    Stream back = clients().open(serai().port(), path, Map.of("Last-Event-ID", start));
    await().atMost(LONG).until(() -> back.events().size() >= 60);
    assertThat(healthy.events()).doesNotHaveDuplicates().hasSize(60);
    assertThat(back.events().equals(healthy.events())).isTrue();
    List.of(healthy, back).forEach(Stream::cut);
  }

  private double cutOff() {
    Counter counter =
        serai()
            .bean(MeterRegistry.class)
            .find("serai.streams.ended")
            .tags("channel", "sse", "reason", "too-slow")
            .counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  default void connections_are_counted() throws Exception {
    String topic = "/stream?topic=" + UUID.randomUUID();
    await().atMost(LONG).until(() -> connections() == 0); // of other tests

    List<Stream> streams =
        List.of(clients().open(serai().port(), topic), clients().open(serai().port(), topic));
    await().atMost(LONG).until(() -> connections() == 2);
    streams.forEach(Stream::cut);

    await().atMost(LONG).until(() -> connections() == 0);
  }

  private double connections() {
    return serai().bean(MeterRegistry.class).get("serai.sse.connections").gauge().value();
  }
}
