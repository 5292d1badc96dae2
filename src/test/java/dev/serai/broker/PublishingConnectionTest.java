package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.BlockedCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.UnblockedCallback;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class PublishingConnectionTest {
  private final Connection client = mock(Connection.class);
  private final PublishingConnection connection = new PublishingConnection(client);

  @Test
  void a_channel_that_is_opened_while_the_connection_is_blocked_sends_nothing() throws Exception {
    ArgumentCaptor<BlockedCallback> blocked = ArgumentCaptor.forClass(BlockedCallback.class);
    ArgumentCaptor<UnblockedCallback> unblocked = ArgumentCaptor.forClass(UnblockedCallback.class);
    verify(client).addBlockedListener(blocked.capture(), unblocked.capture());
    PublishingSession first = session();
    assertThat(first.hasRoom()).isTrue();

    blocked.getValue().handle("low on memory");
    PublishingSession second = session();

    assertThat(second.hasRoom()).isFalse();
    unblocked.getValue().handle();
    assertThat(second.hasRoom()).isTrue();
  }

  @Test
  void listens_once_however_many_channels_it_opens() throws Exception {
    session();
    session();

    verify(client, times(1)).addBlockedListener(any(), any());
  }

  @Test
  void only_rabbitmq_is_trusted_to_return_before_it_refuses() {
    when(client.getServerProperties()).thenReturn(Map.of("product", "RabbitMQ"));
    assertThat(connection.returnPatienceMillis()).isZero();

    when(client.getServerProperties()).thenReturn(Map.of("product", "qpid"));
    assertThat(connection.returnPatienceMillis()).isGreaterThanOrEqualTo(500);
  }

  private PublishingSession session() throws Exception {
    when(client.openChannel()).thenReturn(Optional.of(mock(Channel.class)));
    Confirms confirms =
        new Confirms(mock(ScheduledExecutorService.class), 0, (message, why) -> {}, () -> {});
    return new PublishingSession(
        connection,
        connection.exchanges(new TestDeclarations()),
        confirms,
        PublishingSession.Window.of(10));
  }
}
