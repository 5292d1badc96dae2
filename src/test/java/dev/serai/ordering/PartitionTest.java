package dev.serai.ordering;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partition whose channel takes its time to open. */
class PartitionTest {
  private final Channel channel = mock();
  private final Connection connection = mock();
  private final ScheduledExecutorService clock = mock();
  private final Partition partition =
      new Partition(
          new Partitioned("q", mock(), mock()),
          0,
          64,
          new Crew(Runnable::run, clock, message -> Optional.empty()),
          mock());

  @BeforeEach
  void open() throws Exception {
    when(channel.isOpen()).thenReturn(true);
    when(connection.openChannel()).thenReturn(Optional.of(channel));
  }

  @Test
  void what_is_opened_while_it_ends_is_closed_again() throws Exception {
    partition.tend(
        () -> {
          end();
          return connection;
        });

    verify(channel).close();
  }

  @Test
  void what_is_opened_while_it_is_paused_is_closed_again_until_it_goes_on() throws Exception {
    partition.tend(
        () -> {
          partition.pause();
          return connection;
        });
    verify(channel).close();

    partition.resume();
    Channel next = mock();
    when(connection.openChannel()).thenReturn(Optional.of(next));
    partition.tend(() -> connection);

    verify(next).basicConsume(anyString(), anyBoolean(), any(com.rabbitmq.client.Consumer.class));
    verify(next, never()).close();
  }

  private void end() {
    try {
      partition.end(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
