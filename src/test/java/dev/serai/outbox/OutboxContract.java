package dev.serai.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that wait for the broker, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class OutboxContract {
  private TestStore store;
  private Outbox outbox;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    outbox = TestOutbox.on(store.jdbc());
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void they_are_found_by_kind_oldest_first_once_in_a_while_until_they_are_sent() {
    outbox.keep("usage", "{\"n\":1}");
    outbox.keep("usage", "{\"n\":2}");
    outbox.keep("spend", "{\"n\":3}");
    assertThat(outbox.due("usage", "30s", 10)).isEmpty();
    past("tried_at");

    Outbox.Event first = outbox.due("usage", "30s", 1).get(0);

    assertThat(first.body()).isEqualTo("{\"n\":1}");
    assertThat(outbox.due("usage", "30s", 10))
        .extracting(Outbox.Event::body)
        .containsExactly("{\"n\":2}");
    assertThat(outbox.due("usage", "30s", 10)).isEmpty();
    outbox.sent(first.id());
    past("tried_at");
    assertThat(outbox.due("usage", "30s", 10))
        .extracting(Outbox.Event::body)
        .containsExactly("{\"n\":2}");
    assertThat(outbox.due("spend", "30s", 10)).hasSize(1);
  }

  @Test
  void those_about_one_thing_are_found_by_one_together_from_the_oldest_on() {
    for (int i = 1; i <= 3; i++) {
      about("a", "a" + i);
      about("b", "b" + i);
    }
    past("tried_at");

    assertThat(ids(outbox.due("totals", "30s", 10)))
        .containsExactly("a1", "a2", "a3", "b1", "b2", "b3");
    assertThat(outbox.due("totals", "30s", 10)).isEmpty();
    assertThat(ids(outbox.about("totals", "a", 2))).containsExactly("a1", "a2");
  }

  @Test
  void none_is_found_while_somebody_publishes_an_earlier_one() {
    about("a", "a1");
    about("a", "a2");
    past("tried_at");
    assertThat(ids(outbox.due("totals", "30s", 1))).containsExactly("a1");
    assertThat(outbox.due("totals", "30s", 10)).isEmpty();
    past("tried_at");
    assertThat(outbox.claim("a1")).isTrue();

    assertThat(outbox.due("totals", "30s", 10)).isEmpty();
  }

  @Test
  void one_that_was_sent_cannot_be_claimed_any_more() {
    about("a", "a1");

    assertThat(outbox.claim("a1")).isTrue();
    outbox.sent("a1");
    assertThat(outbox.claim("a1")).isFalse();
  }

  private void about(String thing, String id) {
    outbox.keep("totals", thing, new Outbox.Event(id, "{}"));
  }

  private static List<String> ids(List<Outbox.Event> found) {
    return found.stream().map(Outbox.Event::id).toList();
  }

  @Test
  void they_are_given_up_in_the_end() {
    outbox.keep("usage", "{}");

    assertThat(outbox.forget("usage", "3650d", 1)).isFalse();
    outbox.keep("usage", "{}");
    outbox.keep("spend", "{}");
    past("kept_at");

    assertThat(outbox.forget("usage", "7d", 1)).isTrue();
    assertThat(outbox.forget("usage", "7d", 1)).isTrue();
    assertThat(outbox.forget("usage", "7d", 1)).isFalse();
    past("tried_at");
    assertThat(outbox.due("spend", "30s", 10)).hasSize(1);
  }

  @Test
  void a_box_that_there_is_not_is_refused_whoever_names_it() {
    List<ThrowingCallable> calls =
        List.of(
            () -> outbox.keep("totlas", "{}"),
            () -> outbox.keep("totlas", "a", new Outbox.Event("a1", "{}")),
            () -> outbox.about("totlas", "a", 10),
            () -> outbox.due("totlas", "30s", 10),
            () -> outbox.dueApart("totlas", "30s", 10),
            () -> outbox.forget("totlas", "7d", 10));

    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .hasMessage(
                        "unknown-box: the outbox has no box \"totlas\"; serai.outbox.boxes has:"
                            + " spend, totals, usage"));
    assertThat(store.jdbc().sql("SELECT COUNT(*) FROM outbox").query(Integer.class).single())
        .isZero();
  }

  private void past(String column) {
    store.jdbc().sql("UPDATE outbox SET " + column + " = TIMESTAMP '2020-01-01 00:00:00'").update();
  }
}
