package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.serai.delivery.KeptMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** A window, with its threads and its clock in the test's hand. */
class LinkTest {
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Channel channel = mock();
  private final ScheduledExecutorService clock = mock();
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final List<Long> tried = new ArrayList<>();
  private final Deque<Optional<Duration>> outcomes = new ArrayDeque<>();
  private Runnable during = () -> {};
  private final Memory memory = new Memory(10);
  private final Bodies bodies = new Bodies(1000, new Spill(Path.of("nowhere")));
  private final Crew crew =
      new Crew(
          work::add,
          clock,
          message -> {
            tried.add(message.tag());
            during.run();
            return outcomes.isEmpty() ? Optional.empty() : outcomes.pop();
          });
  private final Link link = new Link(new Acks(channel, 64), crew, memory);

  @BeforeEach
  void open() {
    when(channel.isOpen()).thenReturn(true);
  }

  @Test
  void tries_one_of_a_key_at_a_time_and_other_keys_beside_it() {
    take(1, "a");
    take(2, "a");
    take(3, "b");

    assertThat(work).hasSize(2);
    finishAll();
    assertThat(tried).containsExactly(1L, 3L, 2L);
  }

  @Test
  void acknowledges_what_is_done_before_the_next_of_its_key_begins() throws IOException {
    take(1, "a");
    take(2, "a");

    next();

    assertThat(tried).containsExactly(1L);
    verify(channel).basicAck(1, false);
    verify(channel, never()).basicAck(2, false);
    assertThat(work).hasSize(1);
  }

  @Test
  void begins_the_next_of_a_key_only_when_the_broker_has_the_acknowledgement() throws IOException {
    doThrow(new IOException("gone before it was answered")).when(channel).basicQos(64);
    take(1, "a");
    take(2, "a");

    finishAll();

    verify(channel).basicAck(1, false);
    assertThat(tried).containsExactly(1L);
  }

  @Test
  void lets_a_failed_message_hold_up_its_own_key_only() throws IOException {
    outcomes.add(Optional.of(WAIT));
    take(1, "a");
    take(2, "a");
    take(3, "b");

    finishAll();

    assertThat(tried).containsExactly(1L, 3L);
    assertThat(link.waiting()).isEqualTo(1);
    verify(channel, never()).basicAck(1, false);
    afterTheWait().run();
    finishAll();
    assertThat(tried).containsExactly(1L, 3L, 1L, 2L);
  }

  @Test
  void gives_nothing_back_but_by_the_end_of_its_channel() throws Exception {
    outcomes.add(Optional.of(WAIT));
    take(1, "a");
    take(2, "b");
    next();

    link.pause();

    finishAll();
    assertThat(tried).containsExactly(1L);
    closing().run();
    verify(channel).close();
    verify(channel, never()).basicNack(anyLong(), anyBoolean(), anyBoolean());
    verify(channel, never()).basicReject(anyLong(), anyBoolean());
  }

  @Test
  void goes_on_where_it_was_when_it_is_resumed_in_time() {
    take(1, "a");
    during =
        () -> {
          link.pause();
          take(2, "b");
          link.resume();
          during = () -> {};
        };

    finishAll();

    assertThat(tried).containsExactly(1L, 2L);
  }

  @Test
  void remembers_the_attempts_and_the_wait_of_a_message_that_comes_again() {
    outcomes.add(Optional.of(WAIT));
    Held first = held(1, "a", "m");
    link.take(first, false);
    finishAll();
    link.lost();

    Link another = new Link(new Acks(channel, 64), crew, memory);
    Held again = held(9, "a", "m");
    another.take(again, true);

    assertThat(work).as("it still waits").isEmpty();
    assertThat(another.waiting()).isEqualTo(1);
    assertThat(memory.kept("m")).containsSame(first.kept());
  }

  @Test
  void does_not_repeat_what_is_done_and_was_not_acknowledged() throws IOException {
    finishAndLose(held(1, "a", "m"));

    new Link(new Acks(channel, 64), crew, memory).take(held(9, "a", "m"), true);

    finishAll();
    assertThat(tried).containsExactly(1L);
    verify(channel).basicAck(9, false);
  }

  @Test
  void the_next_waits_until_the_broker_has_the_acknowledgement_of_one_that_came_again()
      throws IOException {
    finishAndLose(held(1, "a", "m"));
    doThrow(new IOException("gone before it was answered")).when(channel).basicQos(64);

    Link another = new Link(new Acks(channel, 64), crew, memory);
    another.take(held(9, "a", "m"), true);
    another.take(held(10, "a", "n"), true);
    finishAll();

    verify(channel).basicAck(9, false);
    assertThat(tried).containsExactly(1L);
  }

  @Test
  void another_message_with_the_id_of_one_that_is_done_is_tried() throws IOException {
    finishAndLose(held(1, "a", "m"));

    Link another = new Link(new Acks(channel, 64), crew, memory);
    another.take(held(9, "a", "m"), true);
    another.take(held(10, "a", "m"), true);
    finishAll();

    assertThat(tried).containsExactly(1L, 10L);
  }

  private void finishAndLose(Held message) throws IOException {
    doThrow(new IOException("gone")).when(channel).basicAck(message.tag(), false);
    link.take(message, false);
    finishAll();
    link.lost();
  }

  @Test
  void begins_nothing_over_a_channel_that_is_gone() {
    take(1, "a");
    link.lost();

    finishAll();

    assertThat(tried).isEmpty();
    assertThat(link.size()).isZero();
  }

  @Test
  void gives_its_channel_up_when_the_broker_does_not_say_what_it_has_got() throws Exception {
    doThrow(new IOException("no answer in time")).when(channel).basicQos(64);
    take(1, "a");
    take(2, "b");

    next();
    link.resume();
    finishAll();

    assertThat(tried).containsExactly(1L);
    closing().run();
    verify(channel).close();
    assertThat(link.isFinished()).isTrue();
  }

  @Test
  void is_finished_only_when_its_channel_is_closed() throws Exception {
    take(1, "a");
    finishAll();

    link.pause();

    assertThat(link.isFinished()).as("another would get nothing beside this one").isFalse();
    closing().run();
    assertThat(link.isFinished()).isTrue();
  }

  @Test
  void one_that_is_being_tried_is_never_too_old() {
    List<Boolean> old = new ArrayList<>();
    during = () -> old.add(link.hasOlderThan(Duration.ZERO));
    take(1, "a");
    next();
    take(2, "b");

    assertThat(old).containsExactly(false);
    assertThat(link.hasOlderThan(Duration.ZERO)).isTrue();
  }

  @Test
  void lets_go_of_the_bodies_of_what_is_acknowledged_and_of_what_goes_back() {
    during = () -> assertThat(bodies.inMemory()).isEqualTo(20);
    take(1, "a");
    take(2, "a");
    next();
    assertThat(bodies.inMemory()).isEqualTo(10);

    during = link::lost;
    next();
    take(3, "a");

    assertThat(bodies.inMemory()).isZero();
  }

  private Runnable closing() {
    ArgumentCaptor<Runnable> close = ArgumentCaptor.forClass(Runnable.class);
    verify(clock).execute(close.capture());
    return close.getValue();
  }

  private void take(long tag, String key) {
    link.take(held(tag, key, "m-" + tag), false);
  }

  private Held held(long tag, String key, String id) {
    AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().messageId(id).build();
    return new Held(
        tag,
        key,
        new Parcel("", "", properties, bodies.keep(new byte[10])),
        new KeptMessage(properties, false));
  }

  private void next() {
    work.remove().run();
  }

  private void finishAll() {
    while (!work.isEmpty()) {
      next();
    }
  }

  private Runnable afterTheWait() {
    ArgumentCaptor<Runnable> waiting = ArgumentCaptor.forClass(Runnable.class);
    verify(clock).schedule(waiting.capture(), anyLong(), any());
    return waiting.getValue();
  }
}
