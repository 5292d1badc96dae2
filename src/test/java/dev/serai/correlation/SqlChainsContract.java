package dev.serai.correlation;

import static dev.serai.correlation.TestChains.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // opened before all tests
abstract class SqlChainsContract extends ChainStoreContract {
  private TestStore database;

  abstract TestStore database(Path data);

  @Override
  ChainStore open(Path data) {
    database = database(data);
    return new SqlChains(database.batches(), database.transactions());
  }

  @Override
  void close() {
    database.close();
  }

  @Test
  void forgets_old_events_with_all_that_is_known_of_them_a_few_at_a_time() {
    store.add(List.of(published(0, "old1", "gone"), published(1, "old2", "gone", "old1")));
    database
        .jdbc()
        .sql(
            "UPDATE correlation_event SET recorded_at = CURRENT_TIMESTAMP - INTERVAL '2' DAY"
                + " WHERE correlation_id = 'gone'")
        .update();
    store.add(List.of(published(2, "young", "gone", "old2")));

    int first = store.forget(Duration.ofDays(1), 1);
    int second = store.forget(Duration.ofDays(1), 1);
    int third = store.forget(Duration.ofDays(1), 1);

    assertThat(List.of(first, second, third)).containsExactly(1, 1, 0);
    assertThat(store.group("gone", 10)).containsExactly("young");
    assertThat(store.steps(List.of("old1", "old2", "young"))).containsOnlyKeys("young");
    assertThat(store.children(List.of("old1", "old2"), 10)).containsExactly("young");
  }
}
