package dev.serai.bloodbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.ProblemException;
import dev.serai.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the history keeps and finds, on any database. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // opened before all tests
abstract class HistoryContract {
  private TestStore store;
  private BloodbankHistory history;
  private HistoryReader reader;

  abstract TestStore open(Path data);

  @BeforeAll
  void start(@TempDir Path data) {
    store = open(data);
    reader = new HistoryReader(store.batches());
    history = new BloodbankHistory(store.batches(), store.manager(), reader, 2000);
  }

  @AfterAll
  void stop() {
    store.close();
  }

  @BeforeEach
  void begin() {
    store.jdbc().sql("DELETE FROM bloodbank_event").update();
  }

  private static KeptEvent event(String id, String key, @Nullable String group) {
    return new KeptEvent(
        id,
        key,
        group,
        "application/json",
        "{\"cloudEvents_id\":\"%s\"}".formatted(id),
        "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
  }

  private static HistoryQuery query(
      @Nullable String key, @Nullable Instant since, @Nullable Instant until, int limit)
      throws ProblemException {
    return new HistoryQuery(
        key == null ? null : EventPattern.of(key, "key"), since, until, null, 0, limit);
  }

  private List<String> ids(HistoryQuery query) {
    return ids(find(query));
  }

  private HistoryReader.Found find(HistoryQuery query) {
    return reader.find(query, Long.MAX_VALUE);
  }

  private List<String> ids(HistoryReader.Found found) {
    return reader.read(found.sequences()).stream().map(entry -> entry.event().id()).toList();
  }

  private void age(String id, int hours) {
    store
        .jdbc()
        .sql(
            "UPDATE bloodbank_event SET kept_at = CURRENT_TIMESTAMP - CAST(? AS BIGINT) * INTERVAL '1'"
                + " HOUR WHERE event_id = ?")
        .param(hours)
        .param(id)
        .update();
  }

  @Test
  void keeps_each_event_once_with_all_of_it() throws Exception {
    history.keep(List.of(event("a", "x.y.z", "g"), event("b", "x.y", null)));
    history.keep(List.of(event("b", "other.key", null), event("c", "x.y.w", "g")));

    assertThat(ids(query(null, null, null, 100))).containsExactly("a", "b", "c");
    HistoryReader.Entry first =
        reader.read(find(query("x.y.z", null, null, 1)).sequences().get(0)).orElseThrow();
    assertThat(first.event()).usingRecursiveComparison().isEqualTo(event("a", "x.y.z", "g"));
    assertThat(first.keptAt())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(first.event().httpHeaders())
        .containsEntry("ce-id", "a")
        .containsKey("serai-replays");
  }

  @Test
  void finds_by_pattern_group_and_time_page_by_page() throws Exception {
    history.keep(
        List.of(event("a", "x.y.z", "g"), event("b", "x.y", "h"), event("c", "x.q.z", "g")));
    age("a", 5);
    age("b", 3);

    assertThat(ids(query("x.*.z", null, null, 100))).containsExactly("a", "c");
    assertThat(ids(query("x.#", null, null, 100))).containsExactly("a", "b", "c");
    assertThat(ids(query("x.y", null, null, 100))).containsExactly("b");
    Instant now = Instant.now();
    Instant four = now.minus(Duration.ofHours(4));
    assertThat(ids(query(null, four, null, 100))).containsExactly("b", "c");
    assertThat(ids(query(null, null, four, 100))).containsExactly("a");
    assertThat(ids(query(null, four, now.minus(Duration.ofHours(2)), 100))).containsExactly("b");
    HistoryQuery group = new HistoryQuery(null, null, null, "g", 0, 1);
    HistoryReader.Found page = find(group);
    assertThat(ids(page)).containsExactly("a");
    assertThat(
            ids(new HistoryQuery(null, null, null, "g", Objects.requireNonNull(page.next()), 100)))
        .containsExactly("c");
  }

  @Test
  void reads_on_where_little_is_found_among_much() throws Exception {
    List<KeptEvent> many = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      many.add(event("m" + i, i % 1250 == 1249 ? "rare.one" : "often.one", null));
    }
    history.keep(many);

    HistoryReader.Found found = find(query("rare.*", null, null, 100));

    assertThat(ids(found)).containsExactly("m1249", "m2499");
    assertThat(found.next()).isNull();
  }

  @Test
  void a_page_ends_before_it_becomes_too_large_but_is_never_empty() throws Exception {
    history.keep(
        List.of(large("a", 900), large("b", 900), event("c", "x.y", null), large("d", 9000)));

    BloodbankAnswers.Page first = history.list(query("x.#", null, null, 100));
    BloodbankAnswers.Page second = history.list(behind(first));

    assertThat(first.items()).extracting(BloodbankAnswers.Item::id).containsExactly("a", "b", "c");
    assertThat(second.items()).extracting(BloodbankAnswers.Item::id).containsExactly("d");
    assertThat(second.next()).isNull();
  }

  private static HistoryQuery behind(BloodbankAnswers.Page page) {
    return new HistoryQuery(null, null, null, null, Objects.requireNonNull(page.next()), 100);
  }

  private static KeptEvent large(String id, int bytes) {
    return new KeptEvent(id, "x.y", null, "text/plain", "{}", new byte[bytes]);
  }

  @Test
  void who_reads_on_misses_no_event_of_a_slower_process() throws Exception {
    CompletableFuture<Void> faster =
        Objects.requireNonNull(
            store
                .transactions()
                .execute(
                    slower -> {
                      history.keep(List.of(event("a", "x.y", null)));
                      CompletableFuture<Void> other =
                          CompletableFuture.runAsync(
                              () -> history.keep(List.of(event("b", "x.y", null))));
                      assertThatThrownBy(() -> other.get(300, TimeUnit.MILLISECONDS))
                          .as("its event must not be there before the one of the lower sequence")
                          .isInstanceOf(TimeoutException.class);
                      return other;
                    }));

    faster.get(20, TimeUnit.SECONDS);

    assertThat(ids(query(null, null, null, 100))).containsExactly("a", "b");
  }

  @Test
  void forgets_what_is_old_a_few_at_a_time() throws Exception {
    history.keep(
        List.of(event("a", "x.y", null), event("b", "x.y", null), event("c", "x.y", null)));
    age("a", 30);
    age("b", 30);

    List<Boolean> more =
        List.of(history.forget("24h", 1), history.forget("24h", 1), history.forget("24h", 1));

    assertThat(more).containsExactly(true, true, false);
    assertThat(ids(query(null, null, null, 100))).containsExactly("c");
  }

  @Test
  void subscriptions_are_listed_in_the_order_in_which_they_came() {
    SubscriptionRecords records = new SubscriptionRecords(store.jdbc());
    records.add("s1", "#", "q1", "https://a.example/", "w1");
    records.add("s2", "x.*", "q2", null, null);

    assertThat(records.list(null, 1)).extracting(Subscription::queue).containsExactly("q1");
    assertThat(records.list("s1", 10)).extracting(Subscription::queue).containsExactly("q2");
    assertThat(records.find("s2"))
        .hasValueSatisfying(found -> assertThat(found.webhook()).isNull());
    records.remove("s1");
    assertThat(records.all()).extracting(Subscription::id).containsExactly("s2");
  }
}
