package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.hub.History.Arrival;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that has not heard of what others have kept. */
class CatchUpTest {
  @Test
  void it_reads_what_it_did_not_hear_of_but_no_more_than_it_has_room_for(@TempDir Path data) {
    try (TestStore store = TestStore.onH2(data)) {
      History history = new History(store.jdbc(), store.batches(), store.transactions());
      Feeds feeds = new Feeds(new HubSettings.Most(1, 1, 1, 150, 1_000_000));
      CatchUp catchUp = new CatchUp(feeds, history, new HistoryReader(store.jdbc()));
      keep(history, 3);

      catchUp.look();
      assertThat(feeds.of(Channel.SSE).ring().last()).isEqualTo(3);
      assertThat(feeds.of(Channel.SSE).ring().at(2)).isNotNull();

      keep(history, 400);
      catchUp.look();

      Ring ring = feeds.of(Channel.SSE).ring();
      assertThat(ring.last()).isEqualTo(403);
      assertThat(ring.first()).isEqualTo(254);
      assertThat(IntStream.rangeClosed(254, 403)).allMatch(n -> ring.at(n) != null);
    }
  }

  private static void keep(History history, int number) {
    history.keep(
        Channel.SSE,
        IntStream.range(0, number)
            .mapToObj(i -> new Arrival(Update.of("t", "" + i), null))
            .toList());
  }
}
