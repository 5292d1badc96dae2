package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.broker.Transport;
import org.junit.jupiter.api.Test;

class EventBusTest {
  @Test
  void says_what_the_seed_says() {
    assertThat(
            EventBus.announcement(
                new Transport(Transport.Mode.RABBITMQ, "it is set", "rabbitmq", 5672)))
        .isEqualTo(
            "[Conduit] Event bus configured with RabbitMQ transport (multi-instance mode) - Host: rabbitmq:5672");
    assertThat(
            EventBus.announcement(
                new Transport(Transport.Mode.EMBEDDED, "none is set", "127.0.0.1", 1)))
        .isEqualTo(
            "[Conduit] Event bus configured with in-memory transport (single-instance mode)");
  }
}
