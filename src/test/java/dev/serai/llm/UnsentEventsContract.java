package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that wait for the broker, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class UnsentEventsContract {
  private TestStore store;
  private UnsentEvents events;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    events = new UnsentEvents(store.jdbc());
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void they_are_found_by_kind_oldest_first_once_in_a_while_until_they_are_sent() {
    events.keep("usage", "{\"n\":1}");
    events.keep("usage", "{\"n\":2}");
    events.keep("spend", "{\"n\":3}");
    assertThat(events.due("usage", "30s", 10)).isEmpty();
    past("tried_at");

    UnsentEvents.Unsent first = events.due("usage", "30s", 1).get(0);

    assertThat(first.body()).isEqualTo("{\"n\":1}");
    assertThat(events.due("usage", "30s", 10))
        .extracting(UnsentEvents.Unsent::body)
        .containsExactly("{\"n\":2}");
    assertThat(events.due("usage", "30s", 10)).isEmpty();
    events.sent(first.id());
    past("tried_at");
    assertThat(events.due("usage", "30s", 10))
        .extracting(UnsentEvents.Unsent::body)
        .containsExactly("{\"n\":2}");
    assertThat(events.due("spend", "30s", 10)).hasSize(1);
  }

  @Test
  void they_are_given_up_in_the_end() {
    events.keep("usage", "{}");

    assertThat(events.forget("3650d")).isZero();
    past("kept_at");

    assertThat(events.forget("7d")).isEqualTo(1);
  }

  private void past(String column) {
    store
        .jdbc()
        .sql("UPDATE llm_unsent_event SET " + column + " = TIMESTAMP '2020-01-01 00:00:00'")
        .update();
  }
}
