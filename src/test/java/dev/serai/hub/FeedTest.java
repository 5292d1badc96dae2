package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The order in which a process tells what it hears of. */
class FeedTest {
  private final Ring ring = new Ring(4, 1_000_000, 10);
  private final Feed feed = new Feed(Channel.SSE, ring);

  @Test
  void what_comes_early_waits_for_what_is_before_it() {
    assertThat(feed.offer(List.of(kept(12), kept(13)))).isTrue();
    assertThat(ring.last()).isEqualTo(10);
    assertThat(feed.missingUpTo()).isEqualTo(12);

    assertThat(feed.offer(List.of(kept(11)))).isFalse();

    assertThat(told()).containsExactly(11L, 12L, 13L);
  }

  @Test
  void what_was_told_is_not_told_again() {
    feed.offer(List.of(kept(11), kept(12)));
    Frame first = ring.at(11);

    feed.offer(List.of(kept(11), kept(10), kept(12), kept(13)));

    assertThat(told()).containsExactly(11L, 12L, 13L);
    assertThat(ring.at(11)).isSameAs(first);
  }

  @Test
  void what_is_missing_in_the_history_too_was_deleted() {
    feed.offer(List.of(kept(14)));

    feed.fill(List.of(kept(12)), 13);

    assertThat(told()).containsExactly(12L, 14L);
    assertThat(feed.missingUpTo()).isZero();
  }

  @Test
  void only_the_latest_are_at_hand() {
    LongStream.rangeClosed(11, 20).forEach(n -> feed.offer(List.of(kept(n))));

    assertThat(told()).containsExactly(17L, 18L, 19L, 20L);
    assertThat(ring.find("id11")).isEmpty();
    assertThat(ring.find("id20")).hasValue(20);
  }

  @Test
  void and_no_more_bytes_than_may_be() {
    Ring small = new Ring(100, 100, 0);
    Feed full = new Feed(Channel.SSE, small);
    LongStream.rangeClosed(1, 50).forEach(n -> full.offer(List.of(kept(n))));

    assertThat(small.last()).isEqualTo(50);
    assertThat((small.last() - small.first() + 1) * ring(kept(50))).isBetween(50L, 100L);
  }

  @Test
  void after_a_long_gap_it_goes_on_with_what_comes() {
    feed.offer(List.of(kept(11)));

    feed.fill(List.of(), 1000);
    feed.offer(List.of(kept(1001)));

    assertThat(told()).containsExactly(1001L);
    assertThat(ring.find("id11")).isEmpty();
  }

  private static long ring(Kept kept) {
    return Frame.of(Channel.SSE, kept).size();
  }

  private List<Long> told() {
    return LongStream.rangeClosed(ring.first(), ring.last())
        .filter(n -> ring.at(n) != null)
        .boxed()
        .toList();
  }

  private static Kept kept(long sequence) {
    return new Kept(sequence, Update.of("t", "d").identified("id" + sequence));
  }
}
