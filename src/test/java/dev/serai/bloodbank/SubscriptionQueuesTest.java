package dev.serai.bloodbank;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.serai.broker.ConnectionState;
import dev.serai.broker.MovingQueues;
import dev.serai.http.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;

class SubscriptionQueuesTest {
  private final SubscriptionBindings broker = mock(SubscriptionBindings.class);
  private final ConnectionState state = mock(ConnectionState.class);
  private final SubscriptionQueues queues =
      new SubscriptionQueues(broker, state, mock(MovingQueues.class));
  private final Subscription brought = subscription("s1", "w1");
  private final Subscription read = subscription("s2", null);

  @BeforeEach
  void connect() {
    when(state.connected()).thenReturn(true);
  }

  private static Subscription subscription(String id, @Nullable String webhook) {
    return new Subscription(id, "#", "queue-" + id, null, webhook, "2030-01-31T12:00:00Z", null);
  }

  @Test
  void a_queue_goes_that_was_declared_while_another_process_removed_its_subscription() {
    queues.use(() -> List.of(brought, read));
    doThrow(new AmqpException("away")).doNothing().when(broker).takeAway(brought);

    queues.use(List::of);
    queues.use(List::of);
    queues.use(List::of);

    verify(broker, times(2)).takeAway(brought); // the first could not
    verify(broker, never()).takeAway(read); // its reader may have subscribed once more
  }

  @Test
  void what_is_there_is_declared_once_for_each_connection() {
    queues.use(() -> List.of(brought));
    queues.use(() -> List.of(brought));
    when(state.reconnections()).thenReturn(1L);

    queues.use(() -> List.of(brought));

    verify(broker, times(2)).declare(brought);
  }

  @Test
  void a_queue_that_could_not_be_bound_goes_again() {
    doThrow(new AmqpException("no binding")).when(broker).declare(brought);
    when(broker.failed(any(), any())).thenReturn(new ProblemException(503, "x", "y", List.of()));

    assertThatThrownBy(() -> queues.make(brought)).isInstanceOf(ProblemException.class);

    verify(broker).takeAway(brought);
  }

  @Test
  void what_was_removed_here_is_taken_away_once() throws Exception {
    queues.make(brought);

    queues.end(brought, () -> {});
    queues.use(List::of);

    verify(broker, times(1)).takeAway(brought);
  }
}
