package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.rabbitmq.client.AMQP;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class ConfirmsTest {
  private static final AMQP.BasicProperties NAMED =
      new AMQP.BasicProperties.Builder().messageId("m-1").build();

  private final ScheduledExecutorService clock = mock(ScheduledExecutorService.class);
  private final List<Class<?>> outcomes = new ArrayList<>();
  private final PendingMessage message =
      new PendingMessage(new OutgoingMessage("events", "key", NAMED, new byte[0]));

  @Test
  void a_return_that_comes_late_still_tells_why_the_message_was_refused() {
    Confirms confirms = confirms(1000);
    confirms.sent(1, message);

    confirms.handleNack(1, false);
    confirms.handleReturn(312, "NO_ROUTE", "events", "key", NAMED, new byte[0]);

    assertThat(outcomes).containsExactly(UnroutableException.class);
    expirePatience();
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void a_refused_message_whose_return_never_comes_is_told_after_the_patience() {
    Confirms confirms = confirms(1000);
    confirms.sent(1, message);

    confirms.handleNack(1, false);

    assertThat(outcomes).isEmpty();
    expirePatience();
    assertThat(outcomes).containsExactly(MessageNackedException.class);
  }

  @Test
  void nobody_waits_for_a_broker_that_returns_before_it_refuses() {
    Confirms confirms = confirms(0);
    confirms.sent(1, message);

    confirms.handleNack(1, false);

    assertThat(outcomes).containsExactly(MessageNackedException.class);
    verifyNoInteractions(clock);
  }

  private Confirms confirms(long patience) {
    return new Confirms(
        clock,
        patience,
        (settled, failure) -> outcomes.add(failure == null ? Void.class : failure.getClass()),
        () -> {});
  }

  private void expirePatience() {
    ArgumentCaptor<Runnable> task = ArgumentCaptor.forClass(Runnable.class);
    verify(clock).schedule(task.capture(), eq(1000L), eq(TimeUnit.MILLISECONDS));
    task.getValue().run();
  }
}
