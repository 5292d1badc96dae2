package dev.serai.debias;

import static dev.serai.debias.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every graph promises, wherever it is kept. */
abstract class GraphContract {

  abstract void store(List<UserEvent> events);

  abstract List<UserEvent> interactions(long userId, int limit);

  abstract long users();

  abstract long products();

  @Test
  void holds_what_each_user_did_newest_first() {
    UserEvent view = event(1, 7, 100, "view");
    UserEvent purchase =
        new UserEvent("e2", 7, 100, "purchase", "session-abc", TestEvents.START.plusSeconds(2));

    store(List.of(view, purchase, event(3, 8, 100, "view")));

    assertThat(interactions(7, 10)).containsExactly(purchase, view);
    assertThat(interactions(7, 1)).containsExactly(purchase);
    assertThat(users()).isEqualTo(2);
    assertThat(products()).isEqualTo(1);
  }

  @Test
  void knows_nothing_of_a_user_without_events() {
    assertThat(interactions(404, 10)).isEmpty();
  }

  @Test
  void changes_nothing_when_an_event_comes_again() {
    UserEvent view = event(1, 7, 100, "view");
    store(List.of(view, view));

    store(List.of(view, event(2, 7, 101, "view")));
    store(List.of(view));

    assertThat(interactions(7, 10)).containsExactly(event(2, 7, 101, "view"), view);
  }

  @Test
  void keeps_ids_and_types_that_look_like_statements_as_they_are() {
    String bad = "x`]->() DETACH DELETE n // '; DROP TABLE debias_user; --";
    UserEvent odd = new UserEvent(bad, Long.MAX_VALUE, Long.MIN_VALUE, bad, bad, TestEvents.START);

    store(List.of(odd));

    assertThat(interactions(Long.MAX_VALUE, 10)).containsExactly(odd);
  }

  @Test
  void holds_a_thousand_events_whatever_their_order_and_number_of_repeats() {
    List<UserEvent> events = TestEvents.many(1_000);

    store(events.subList(0, 600));
    store(events.subList(300, 1_000).stream().sorted(Collections.reverseOrder(ORDER)).toList());

    assertThatItHolds(events);
  }

  @Test
  void holds_every_event_once_when_workers_store_the_same_at_the_same_time() {
    List<UserEvent> events = TestEvents.many(400);

    CompletableFuture<?>[] workers =
        IntStream.range(0, 4)
            .mapToObj(
                worker ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int from = 0; from < events.size(); from += 50) {
                            store(events.subList(from, from + 50));
                          }
                        }))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(workers).join();

    assertThatItHolds(events);
  }

  private static final Comparator<UserEvent> ORDER =
      Comparator.comparing(UserEvent::time).thenComparing(UserEvent::eventId).reversed();

  private void assertThatItHolds(List<UserEvent> events) {
    LongStream.range(0, 20)
        .forEach(
            user ->
                assertThat(interactions(user, 2_000))
                    .isEqualTo(
                        events.stream().filter(e -> e.userId() == user).sorted(ORDER).toList()));
    assertThat(users()).isEqualTo(events.stream().map(UserEvent::userId).distinct().count());
    assertThat(products()).isEqualTo(events.stream().map(UserEvent::productId).distinct().count());
  }
}
