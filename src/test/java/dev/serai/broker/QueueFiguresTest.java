package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.serai.broker.QueueFigures.Figures;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

@Timeout(20)
class QueueFiguresTest {
  private volatile CountDownLatch broker = new CountDownLatch(0);
  private final ConnectionState state = new ConnectionState(Clock.systemUTC());
  private final ConnectionFactory connections = mock(ConnectionFactory.class);
  private final QueueFigures figures = new QueueFigures(connections, state, QueueNames.SAME);

  @BeforeEach
  void aBrokerWithSevenMessagesInEachQueue() throws Exception {
    Connection connection = mock(Connection.class);
    Channel channel = mock(Channel.class);
    when(connections.createConnection()).thenReturn(connection);
    when(connection.createChannel(anyBoolean())).thenReturn(channel);
    when(channel.queueDeclarePassive(anyString()))
        .thenAnswer(
            asked -> {
              broker.await();
              return new AMQP.Queue.DeclareOk.Builder()
                  .queue(asked.getArgument(0))
                  .messageCount(7)
                  .consumerCount(1)
                  .build();
            });
    state.opened();
  }

  @AfterEach
  void end() {
    broker.countDown();
    figures.destroy();
  }

  @Test
  void who_asks_while_fresh_figures_are_read_gets_the_last_ones() {
    figures.of(Set.of("a", "b")).join();
    broker = new CountDownLatch(1); // it answers nothing more

    figures.latest("not heard of yet"); // begins another reading

    assertThat(figures.latest("a")).contains(new Figures(7, 1));
    assertThat(figures.latest("b")).contains(new Figures(7, 1));
  }

  @Test
  void there_are_none_while_the_broker_is_away() {
    figures.of(Set.of("a")).join();

    state.lost("gone");

    assertThat(figures.latest("a")).isEmpty();
  }

  @Test
  void a_reading_that_fails_leaves_none() {
    figures.of(Set.of("a")).join();
    when(connections.createConnection()).thenThrow(new IllegalStateException("no"));

    assertThat(figures.of(Set.of("a", "b"))).failsWithin(Duration.ofSeconds(10));

    assertThat(figures.latest("a")).isEmpty();
  }
}
