package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.hub.History.Arrival;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is kept of updates, on whichever database. */
abstract class HistoryContract extends StoredUpdates {

  @Test
  void updates_come_back_as_they_were_in_one_order() {
    Update first = new Update(List.of("a", "b"), "line\r\nż", true, "x:1", "changed", 500L);
    Update second = new Update(List.of("c"), "", false, null, null, null);

    List<Kept> kept = keep(first, second);

    assertThat(kept.get(0)).isEqualTo(new Kept(1, first));
    assertThat(kept.get(1).id()).startsWith("urn:uuid:");
    assertThat(reader.after(Channel.SSE, 0, 10, 10)).isEqualTo(kept);
    assertThat(reader.after(Channel.SSE, 1, 2, 10)).containsExactly(kept.get(1));
    assertThat(reader.after(Channel.SSE, 0, 1, 10)).containsExactly(kept.get(0));
    assertThat(reader.latest(Channel.SSE, 1)).containsExactly(kept.get(1));
    assertThat(reader.read(Channel.SSE, List.of(2L, 1L))).isEqualTo(kept);
    assertThat(history.last(Channel.SSE)).isEqualTo(2);
    assertThat(reader.outlines(Channel.SSE, 0, 10, 1))
        .containsExactly(
            new HistoryReader.Outline(1, List.of("a", "b"), true, first.data().length()));
  }

  @Test
  void each_channel_has_its_own() {
    keep(Update.of("t", "1"));

    assertThat(history.last(Channel.WEBSOCKET)).isZero();
    assertThat(reader.after(Channel.WEBSOCKET, 0, 10, 10)).isEmpty();
  }

  @Test
  void a_message_that_is_delivered_again_is_kept_once_and_has_its_first_id() {
    Arrival arrival = new Arrival(Update.of("t", "1"), "m1");

    Kept first = history.keep(Channel.SSE, List.of(arrival)).get(0);
    List<Kept> again =
        history.keep(
            Channel.SSE, List.of(arrival, new Arrival(Update.of("t", "2"), "m2"), arrival));

    assertThat(again.get(0)).isEqualTo(first);
    assertThat(again.get(2)).isEqualTo(first);
    assertThat(again.get(1).sequence()).isEqualTo(2);
    assertThat(history.last(Channel.SSE)).isEqualTo(2);
  }

  @Test
  void one_message_may_tell_several_topics() {
    List<Kept> kept =
        history.keep(
            Channel.SSE,
            List.of(
                new Arrival(Update.of("a", "1"), "m1"), new Arrival(Update.of("b", "1"), "m1")));

    assertThat(kept).extracting(Kept::sequence).containsExactly(1L, 2L);
  }

  @Test
  void messages_with_one_id_that_say_something_else_are_all_kept() {
    List<Update> updates =
        List.of(
            Update.of("t", "1"),
            Update.of("t", "2"),
            new Update(List.of("t"), "1", false, null, "changed", null),
            new Update(List.of("t"), "1", false, "x:1", null, null));
    List<Arrival> arrivals = updates.stream().map(update -> new Arrival(update, "m1")).toList();

    List<Kept> kept = history.keep(Channel.SSE, arrivals);

    assertThat(kept).extracting(Kept::sequence).containsExactly(1L, 2L, 3L, 4L);
    assertThat(history.keep(Channel.SSE, arrivals)).isEqualTo(kept);
  }

  @Test
  void one_message_may_tell_a_topic_several_times() {
    List<Arrival> parts =
        List.of(new Arrival(Update.of("t", "first"), "m1"), new Arrival(Update.of("t", "2"), "m1"));

    List<Kept> kept =
        parts.stream().flatMap(p -> history.keep(Channel.SSE, List.of(p)).stream()).toList();

    assertThat(kept).extracting(one -> one.update().data()).containsExactly("first", "2");
    assertThat(history.last(Channel.SSE)).isEqualTo(2);
  }

  @Test
  void an_id_that_was_given_twice_is_the_oldest() {
    Update update = new Update(List.of("t"), "", false, "same", null, null);
    keep(update, update);

    assertThat(history.find(Channel.SSE, "same")).hasValue(1);
    assertThat(history.find(Channel.SSE, "other")).isEmpty();
    assertThat(history.find(Channel.WEBSOCKET, "same")).isEmpty();
  }

  @Test
  void writers_side_by_side_leave_no_number_out() {
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 4)
            .mapToObj(
                writer ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < 25; i++) {
                            keep(Update.of("t" + writer, "" + i));
                          }
                        }))
            .toList();

    writers.forEach(CompletableFuture::join);

    assertThat(reader.after(Channel.SSE, 0, 1000, 1000))
        .extracting(Kept::sequence)
        .isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
  }
}
