package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConsumerAddressTest {
  private final ConnectionState publisher = new ConnectionState(Clock.systemUTC());
  private final ConsumerAddress address = new ConsumerAddress(new ConnectionFactory(), publisher);

  @Test
  void consumers_wait_for_the_first_attempt_of_the_publisher() throws Exception {
    CompletableFuture<List<?>> found = new CompletableFuture<>();
    Thread consumer = new Thread(() -> found.complete(addresses()));
    consumer.start();
    await().until(() -> consumer.getState() == Thread.State.TIMED_WAITING);
    assertThat(found).isNotDone();

    publisher.opened();

    assertThat(found.get()).isNotEmpty();
  }

  private List<?> addresses() {
    try {
      return address.getAddresses();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void consumers_do_not_wait_when_that_has_failed_or_the_connection_is_lost() {
    publisher.attemptFailed("refused");
    assertThatThrownBy(address::getAddresses)
        .isInstanceOf(ConnectException.class)
        .hasMessageEndingWith("refused");

    publisher.opened();
    publisher.lost("gone");

    assertThatThrownBy(address::getAddresses).hasMessageEndingWith("gone");
  }
}
