package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Feeds feeds = new Feeds(new HubSettings.Most(1, 1, 1, 10, 1000));
  private final Places places = new Places(feeds, mock(History.class), mock(Forgetting.class));

  @Test
  void who_comes_before_the_first_update_can_ask_for_all() {
    assertThat(prime(List.of())).isEqualTo("earliest");
  }

  @Test
  void who_comes_later_has_the_latest_id_of_which_it_may_know() {
    keep(1, "a", false);
    keep(2, "b", true);
    keep(3, "c", true);

    assertThat(prime(List.of())).isEqualTo("a");
    assertThat(prime(List.of("b"))).isEqualTo("b");
    assertThat(prime(List.of("c"))).isEqualTo("c");
  }

  @Test
  void who_may_know_of_none_has_no_id() {
    keep(1, "a", true);

    assertThat(prime(List.of())).isNull();
  }

  private void keep(long sequence, String id, boolean isPrivate) {
    Update update = new Update(List.of(id), "data", isPrivate, id, null, null);
    feeds.of(Channel.SSE).offer(List.of(new Kept(sequence, update)));
  }

  private @Nullable String prime(List<String> mayRead) {
    return places
        .find(
            Channel.SSE,
            new Subscription(List.of(), mayRead::containsAll, null, null, "somebody", Manner.PLAIN))
        .prime();
  }
}
