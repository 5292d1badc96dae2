package dev.serai.debias;

import static dev.serai.debias.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.debias.PathLedger.Comparison;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison of the write paths says, on whichever database. */
abstract class PathLedgerContract {
  private TestStore store;
  private PathLedger ledger;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    ledger = new PathLedger(store.batches(), store.jdbc());
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void tells_what_both_paths_have_what_one_lacks_and_what_differs() {
    UserEvent withoutSession = event(4, 7, 100, "view");
    UserEvent withSession =
        new UserEvent("e4", 7, 100, "view", "session-abc", withoutSession.time());
    ledger.note(
        "direct", List.of(event(1, 7, 100, "view"), event(2, 7, 100, "view"), withoutSession));
    ledger.note("queue", List.of(event(1, 7, 100, "view"), event(3, 7, 100, "cart"), withSession));

    assertThat(ledger.compare())
        .isEqualTo(new Comparison(3, 3, 1, List.of("e2"), List.of("e3"), List.of("e4")));
  }

  @Test
  void notes_an_event_once_however_often_it_comes() {
    ledger.note("queue", List.of(event(1, 7, 100, "view"), event(1, 7, 100, "view")));
    ledger.note("queue", List.of(event(1, 7, 100, "view")));

    assertThat(ledger.compare().queue()).isOne();
  }

  @Test
  void names_a_hundred_events_at_most() {
    ledger.note("direct", TestEvents.many(150));

    assertThat(ledger.compare().onlyDirect()).hasSize(100).isSorted();
    assertThat(ledger.compare().direct()).isEqualTo(150);
  }

  @Test
  void begins_anew_when_it_was_cleared() {
    ledger.note("direct", List.of(event(1, 7, 100, "view")));

    ledger.clear();

    assertThat(ledger.compare())
        .isEqualTo(new Comparison(0, 0, 0, List.of(), List.of(), List.of()));
  }
}
