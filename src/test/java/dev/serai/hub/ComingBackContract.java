package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.hub.StreamClient.Event;
import dev.serai.hub.StreamClient.Stream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients go on that come back. */
interface ComingBackContract extends FollowedStreams {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "header",
        "&lastEventID=",
        "&last_event_id=",
        "&Last-Event-ID=",
      })
  default void who_comes_back_goes_on_behind_what_it_has(String way) throws Exception {
    String path = "/stream?topic=" + UUID.randomUUID();
    String topic = path.substring(path.indexOf('=') + 1);
    String first = publish(topic, "1");
    publish(topic, "2");

    Stream stream =
        way.equals("header")
            ? clients().open(serai().port(), path, Map.of("Last-Event-ID", first))
            : clients().open(serai().port(), path + way + first);
    publish(topic, "3");

    await().atMost(LONG).until(() -> stream.events().size() >= 2);
    assertThat(data(stream)).containsExactly("2", "3");
    assertThat(stream.answer().getHeader("Last-Event-ID")).isEqualTo(first);
    assertThat(stream.answer().getHeader("Mercure-Last-Event-ID")).isEqualTo(first);
    stream.cut();
  }

  @Test
  default void who_is_cut_before_it_was_told_anything_misses_nothing() throws Exception {
    String path = "/stream?topic=" + UUID.randomUUID();
    String topic = path.substring(path.indexOf('=') + 1);
    String before = publish(topic, "before");
    publish(new Update(List.of(topic), "secret", true, "secret-" + topic, null, null));

    Stream stream = clients().open(serai().port(), path);
    await().atMost(LONG).until(() -> !stream.lastId().isEmpty());
    stream.cut();
    publish(topic, "missed");
    Stream back = clients().open(serai().port(), path, Map.of("Last-Event-ID", stream.lastId()));

    await().atMost(LONG).until(() -> !back.events().isEmpty());
    assertThat(stream.events()).isEmpty();
    assertThat(stream.lastId()).isEqualTo(before); // and not that of what it may not know of
    assertThat(data(back)).containsExactly("missed");
    back.cut();
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "urn:uuid:unknown", "whatever"})
  default void who_names_an_event_that_is_not_known_is_told_all_that_is_kept(String id)
      throws Exception {
    String topic = UUID.randomUUID().toString();
    publish(topic, "1");
    publish(topic, "2");

    Stream stream =
        clients().open(serai().port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", id));

    await().atMost(LONG).until(() -> stream.events().size() >= 2);
    assertThat(data(stream)).containsExactly("1", "2");
    assertThat(stream.answer().getHeader("Last-Event-ID")).isEqualTo("earliest");
    stream.cut();
  }

  @Test
  default void who_is_behind_what_was_deleted_is_told_so() throws Exception {
    String topic = UUID.randomUUID().toString();
    String first = publish(new Update(List.of(topic), "1", false, "a" + topic, null, null));
    String other = UUID.randomUUID().toString();
    publish(other, "x");
    String second = publish(new Update(List.of(other), "y", false, "b" + topic, null, null));
    for (int i = 0; i < 5; i++) {
      publish(topic, "more");
    }
    StreamHistory history = serai().bean(StreamHistory.class);
    while (history.forget("1h", 3)) {
      // the next part
    }

    Stream gap =
        clients().open(serai().port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", second));
    Stream whole =
        clients().open(serai().port(), "/stream?topic=" + other, Map.of("Last-Event-ID", second));
    Stream unknown =
        clients().open(serai().port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", first));

    await().atMost(LONG).until(() -> gap.events().size() + unknown.events().size() >= 6);
    assertThat(gap.answer().getHeader("Last-Event-ID")).isEqualTo("earliest");
    assertThat(whole.answer().getHeader("Last-Event-ID")).isEqualTo(second);
    assertThat(unknown.answer().getHeader("Last-Event-ID")).isEqualTo("earliest");
    List.of(gap, whole, unknown).forEach(Stream::cut);
  }

  @Test
  default void an_id_in_another_language_comes_back_as_it_was() throws Exception {
    String topic = UUID.randomUUID().toString();
    String id = publish(new Update(List.of(topic), "1", false, "żółw-" + topic, null, null));
    publish(topic, "2");

    Stream stream =
        clients()
            .open(
                serai().port(),
                "/stream?topic="
                    + topic
                    + "&lastEventID="
                    + URLEncoder.encode(id, StandardCharsets.UTF_8));

    await().atMost(LONG).until(() -> !stream.events().isEmpty());
    assertThat(data(stream)).containsExactly("2");
    stream.cut();
  }

  @Test
  default void a_client_that_is_cut_again_and_again_misses_nothing_and_sees_nothing_twice()
      throws Exception {
    String topic = UUID.randomUUID().toString();
    List<String> seen = new ArrayList<>();
    String last = publish(topic, "before");
    for (int cut = 0; cut < 50; cut++) {
      Stream stream =
          clients().open(serai().port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", last));
      List<CompletableFuture<String>> kept = new ArrayList<>();
      for (int i = 0; i < 4; i++) { // some while it is there, some while it is not
        kept.add(hub().publish(Channel.SSE, Update.of(topic, cut + "." + i), null));
      }
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !stream.events().isEmpty());
      stream.cut();
      List<Event> events = stream.events();
      events.forEach(event -> seen.add(event.data()));
      last = events.get(events.size() - 1).id();
      CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    }
    Stream rest =
        clients().open(serai().port(), "/stream?topic=" + topic, Map.of("Last-Event-ID", last));
    await().atMost(LONG).until(() -> seen.size() + rest.events().size() >= 200);
    seen.addAll(data(rest));
    rest.cut();

    assertThat(seen).hasSize(200).doesNotHaveDuplicates();
    assertThat(seen.get(199)).isEqualTo("49.3");
  }
}
