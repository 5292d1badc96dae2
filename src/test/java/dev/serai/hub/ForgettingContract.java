package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deleted of the history, on whichever database. */
abstract class ForgettingContract extends StoredUpdates {

  private Forgetting forgetting() {
    return new Forgetting(store.jdbc(), store.transactions());
  }

  @Test
  void the_latest_of_each_topic_stay() {
    keep("a", "b", "a", "a", "b", "a");

    keepLatest(2);

    assertThat(sequences()).containsExactly(2L, 4L, 5L, 6L);
    keepLatest(2);
    assertThat(sequences()).hasSize(4);
    assertThat(forgetting().rows().get(Channel.SSE)).isEqualTo(4);
    keep("c");
    assertThat(sequences()).endsWith(7L);
  }

  @Test
  void it_is_known_what_a_client_has_lost() {
    keep("a", "b", "a", "a", "b", "a");

    keepLatest(2); // of a, 1 and 3 are gone

    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("a"))).isTrue();
    assertThat(forgetting().hasLost(Channel.SSE, 3, wanting("a"))).isFalse();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("b"))).isFalse();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("*"))).isTrue();
    keep("a");
    keepLatest(2); // 4 too
    assertThat(forgetting().hasLost(Channel.SSE, 3, wanting("a"))).isTrue();
    assertThat(forgetting().hasLost(Channel.WEBSOCKET, 2, wanting("a"))).isFalse();
  }

  @Test
  void who_follows_another_name_of_a_topic_learns_of_the_loss() {
    keep("start");
    Update named = new Update(List.of("a", "alias"), "", false, null, null, null);
    keep(named);
    keep("a", "a");

    keepLatest(1); // 2, which has both names, and 3, which has one

    assertThat(forgetting().hasLost(Channel.SSE, 1, wanting("alias"))).isTrue();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("alias"))).isFalse();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("a"))).isTrue();
    keep("a");
    keepLatest(1);
    assertThat(forgetting().hasLost(Channel.SSE, 1, wanting("alias"))).isTrue();
  }

  @Test
  void what_is_older_goes() {
    keep("a", "b");
    store
        .jdbc()
        .sql(
            "UPDATE stream_update SET kept_at = TIMESTAMP '2020-01-01 00:00:00' WHERE sequence = 1")
        .update();

    forgetAll("1h", 1000);

    assertThat(sequences()).containsExactly(2L);
  }

  @Test
  void it_goes_in_small_parts() {
    keep(IntStream.range(0, 500).mapToObj(i -> "a").toArray(String[]::new));
    keep("b", "b");
    StreamHistory streams = streams();

    assertThat(streams.forget("1h", 1)).isTrue();
    assertThat(kept()).isEqualTo(302);
    assertThat(streams.forget("1h", 1)).isTrue();
    assertThat(kept()).isEqualTo(102);
    assertThat(forgetting().hasLost(Channel.SSE, 400, wanting("a"))).isFalse();
    assertThat(streams.forget("1h", 1)).isFalse();
    assertThat(sequences()).containsExactly(500L, 502L);
  }

  @Test
  void what_is_older_goes_in_small_parts() {
    keep(IntStream.range(0, 250).mapToObj(i -> "a" + i).toArray(String[]::new));
    store.jdbc().sql("UPDATE stream_update SET kept_at = TIMESTAMP '2020-01-01 00:00:00'").update();
    keep("young");
    StreamHistory streams = streams();

    assertThat(streams.forget("1h", 10)).isTrue();
    assertThat(sequences()).first().isEqualTo(201L);
    assertThat(streams.forget("1h", 10)).isFalse();
    assertThat(sequences()).containsExactly(251L);
  }

  private StreamHistory streams() {
    return new StreamHistory(new Archive(history, reader, forgetting()), new SimpleMeterRegistry());
  }

  private long kept() {
    return forgetting().rows().getOrDefault(Channel.SSE, 0L);
  }

  private void keepLatest(int most) {
    forgetAll("1h", most);
  }

  private void forgetAll(String age, int perTopic) {
    StreamHistory streams = streams();
    while (streams.forget(age, perTopic)) {
      // the next part
    }
  }

  private void keep(String... topics) {
    keep(Stream.of(topics).map(topic -> Update.of(topic, "")).toArray(Update[]::new));
  }

  private List<Long> sequences() {
    return store
        .jdbc()
        .sql("SELECT sequence FROM stream_update WHERE channel = 'sse' ORDER BY sequence")
        .query(Long.class)
        .list();
  }

  private static Subscription wanting(String topic) {
    return new Subscription(
        List.of(TopicSelectors.exact(topic)), names -> false, null, null, "somebody", Manner.PLAIN);
  }
}
