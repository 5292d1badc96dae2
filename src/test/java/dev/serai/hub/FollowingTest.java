package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.hub.Following.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowingTest {

  @Test
  void a_browser_keeps_the_id_of_an_event_without_data() {
    assertThat(opening("a", new Manner(0, true))).isEqualTo(":\nid: a\n\n");
  }

  @Test
  void one_who_would_tell_its_page_of_that_is_sent_no_event() {
    assertThat(opening("a", Manner.PLAIN)).isEqualTo(":\nid: a\n");
  }

  @Test
  void without_an_id_there_is_a_comment_as_long_as_asked_for() {
    assertThat(opening(null, new Manner(10, true))).isEqualTo(":        \n");
  }

  private static String opening(@Nullable String prime, Manner manner) {
    Subscription subscription =
        new Subscription(List.of(), names -> false, null, null, "somebody", manner);
    return new Following(
            Channel.SSE,
            subscription,
            new Place(1, null, prime),
            Visit.UNNOTED,
            (following, caller) -> {})
        .opening();
  }
}
