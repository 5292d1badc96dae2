package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConnectionLoopTest {
  private final List<Long> attempts = new ArrayList<>();
  private final Connection connection = mock(Connection.class);
  private final ConnectionState state = new ConnectionState(Clock.systemUTC());
  private final ConnectionFactory accepting =
      new ConnectionFactory() {
        @Override
        public Connection newConnection(String name) {
          attempts.add(System.nanoTime());
          return connection;
        }
      };

  @Test
  void a_broker_that_accepts_and_closes_at_once_is_asked_with_growing_pauses() {
    ConnectionLoop loop = loop(Duration.ofMillis(50), new TestDeclarations());

    loop.run(() -> attempts.size() < 4, over -> false);

    assertThat(millisBetween(1)).isGreaterThanOrEqualTo(50);
    assertThat(millisBetween(2)).isGreaterThanOrEqualTo(100);
    assertThat(millisBetween(3)).isGreaterThanOrEqualTo(200);
  }

  @Test
  void after_a_connection_that_was_of_use_the_next_follows_at_once() {
    ConnectionLoop loop = loop(Duration.ofMinutes(1), new TestDeclarations());

    loop.run(() -> attempts.size() < 4, over -> true);

    assertThat(attempts).hasSize(4);
  }

  @Test
  void a_connection_that_breaks_while_the_topology_is_declared_is_a_failed_attempt() {
    ConnectionLoop loop = loop(Duration.ofMillis(1), new Breaking());

    loop.run(
        () -> attempts.size() < 3,
        over -> {
          throw new AssertionError("nothing may be published");
        });

    assertThat(state.failedAttempts()).isEqualTo(3);
    assertThat(state.lastError()).hasValue("gone");
    verify(connection, times(3)).abort(1000);
  }

  private ConnectionLoop loop(Duration delay, Declarations declarations) {
    return new ConnectionLoop(accepting, state, declarations, new Backoff(delay, () -> 0));
  }

  private long millisBetween(int attempt) {
    return Duration.ofNanos(attempts.get(attempt) - attempts.get(attempt - 1)).toMillis();
  }

  private static final class Breaking implements Declarations {
    @Override
    public void declareOn(Connection connection) throws IOException {
      throw new IOException("gone");
    }

    @Override
    public boolean declares(String exchange) {
      return false;
    }
  }
}
