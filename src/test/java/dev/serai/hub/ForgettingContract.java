package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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

    forgetting().keepLatest(Channel.SSE, 2);

    assertThat(sequences()).containsExactly(2L, 4L, 5L, 6L);
    forgetting().keepLatest(Channel.SSE, 2);
    assertThat(sequences()).hasSize(4);
    assertThat(forgetting().rows().get(Channel.SSE)).isEqualTo(4);
    keep("c");
    assertThat(sequences()).endsWith(7L);
  }

  @Test
  void it_is_known_what_a_client_has_lost() {
    keep("a", "b", "a", "a", "b", "a");

    forgetting().keepLatest(Channel.SSE, 2); // of a, 1 and 3 are gone

    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("a"))).isTrue();
    assertThat(forgetting().hasLost(Channel.SSE, 3, wanting("a"))).isFalse();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("b"))).isFalse();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("*"))).isTrue();
    keep("a");
    forgetting().keepLatest(Channel.SSE, 2); // 4 too
    assertThat(forgetting().hasLost(Channel.SSE, 3, wanting("a"))).isTrue();
    assertThat(forgetting().hasLost(Channel.WEBSOCKET, 2, wanting("a"))).isFalse();
  }

  @Test
  void who_follows_another_name_of_a_topic_learns_of_the_loss() {
    keep("start");
    Update named = new Update(List.of("a", "alias"), "", false, null, null, null);
    keep(named);
    keep("a", "a");

    forgetting().keepLatest(Channel.SSE, 1); // 2, which has both names, and 3, which has one

    assertThat(forgetting().hasLost(Channel.SSE, 1, wanting("alias"))).isTrue();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("alias"))).isFalse();
    assertThat(forgetting().hasLost(Channel.SSE, 2, wanting("a"))).isTrue();
    keep("a");
    forgetting().keepLatest(Channel.SSE, 1);
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

    forgetting().keepYounger(Duration.ofHours(1));

    assertThat(sequences()).containsExactly(2L);
  }

  private void keep(String... topics) {
    keep(Stream.of(topics).map(topic -> Update.of(topic, "")).toArray(Update[]::new));
  }

  private List<Long> sequences() {
    return reader.after(Channel.SSE, 0, 100, 100).stream().map(Kept::sequence).toList();
  }

  private static Subscription wanting(String topic) {
    return new Subscription(
        List.of(TopicSelectors.exact(topic)), names -> false, null, null, "somebody", Manner.PLAIN);
  }
}
