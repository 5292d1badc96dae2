package dev.serai.correlation;

import static dev.serai.correlation.TestChains.event;
import static dev.serai.correlation.TestChains.published;
import static dev.serai.correlation.TestChains.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a store of chains keeps, whichever it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // opened before all tests
abstract class ChainStoreContract {
  private final String run = UUID.randomUUID() + "-";
  ChainStore store;

  /** Opens an empty one. */
  abstract ChainStore open(Path data);

  @BeforeAll
  void openStore(@TempDir Path data) {
    store = open(data);
  }

  /** Ends what {@link #open} has begun. */
  abstract void close();

  @AfterAll
  void closeStore() {
    close();
  }

  private String id(String name) {
    return run + name;
  }

  @Test
  void finds_events_by_id_group_and_parent() {
    store.add(
        List.of(
            published(0, id("a"), id("g")),
            published(1, id("b"), id("g"), id("a")),
            published(2, id("c"), null, id("b"), id("x"))));

    assertThat(store.events(List.of(id("a"), id("c"), id("nobody"))))
        .hasSize(2)
        .containsEntry(id("a"), event(0, id("a"), id("g")))
        .containsEntry(id("c"), event(2, id("c"), null, id("b"), id("x")));
    assertThat(store.group(id("g"), 10)).containsExactly(id("a"), id("b"));
    assertThat(store.group(id("g"), 1)).containsExactly(id("a"));
    assertThat(store.children(List.of(id("a"), id("x"), id("c")), 10))
        .containsExactlyInAnyOrder(id("b"), id("c"));
  }

  @Test
  void the_same_batch_once_more_changes_nothing() {
    Sighting seen = published(0, id("d"), id("h"), id("e"));
    store.add(List.of(seen));

    store.add(List.of(seen));

    assertThat(store.steps(List.of(id("d"))).get(id("d"))).containsExactly(seen.step());
    assertThat(store.children(List.of(id("e")), 10)).containsExactly(id("d"));
    assertThat(store.group(id("h"), 10)).containsExactly(id("d"));
  }

  @Test
  void tells_what_happened_to_an_event_in_that_order() {
    Sighting published = published(0, id("f"), id("i"));
    Sighting retried = new Sighting(event(5, id("f"), id("i")), step(5, "retried"));
    Sighting parked = new Sighting(event(9, id("f"), id("i")), step(9, "parked"));

    store.add(List.of(published));
    store.add(List.of(retried, parked));

    assertThat(store.steps(List.of(id("f"), id("nobody"))))
        .hasSize(1)
        .containsEntry(id("f"), List.of(published.step(), retried.step(), parked.step()));
    assertThat(store.events(List.of(id("f")))).containsEntry(id("f"), event(0, id("f"), id("i")));
  }

  @Test
  void nothing_is_no_question() {
    assertThat(store.events(List.of())).isEmpty();
    assertThat(store.steps(List.of())).isEmpty();
    assertThat(store.children(List.of(), 10)).isEmpty();
  }
}
