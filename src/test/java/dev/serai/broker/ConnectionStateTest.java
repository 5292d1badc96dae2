package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ConnectionStateTest {
  private static final Instant NOW = Instant.parse("2026-01-27T00:00:00Z");

  private final ConnectionState state = new ConnectionState(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void is_not_connected_before_the_first_connection() {
    assertThat(state.connected()).isFalse();
    assertThat(state.connectedSince()).isEmpty();
    assertThat(state.reconnections()).isZero();
  }

  @Test
  void counts_failures_in_a_row_until_a_connection_opens() {
    state.attemptFailed("Connection refused");
    state.attemptFailed("Connection refused");

    assertThat(state.failedAttempts()).isEqualTo(2);
    assertThat(state.lastError()).contains("Connection refused");

    state.opened();

    assertThat(state.failedAttempts()).isZero();
    assertThat(state.lastError()).isEmpty();
    assertThat(state.connectedSince()).contains(NOW);
  }

  @Test
  void counts_every_opening_but_the_first() {
    state.opened();
    state.lost("Connection reset");
    assertThat(state.connected()).isFalse();
    assertThat(state.lastError()).contains("Connection reset");

    state.opened();

    assertThat(state.reconnections()).isOne();
  }

  @Test
  void a_broker_that_says_nothing_is_waited_for_once_and_told_of_once(CapturedOutput log) {
    ConnectionState silent = new ConnectionState(Clock.systemUTC(), Duration.ofMillis(20));

    silent.awaitFirstAttempt();
    silent.awaitFirstAttempt();

    assertThat(log.getAll()).containsOnlyOnce("The broker has said nothing for 20 ms");
  }

  @Test
  void an_attempt_that_is_over_is_not_waited_for(CapturedOutput log) {
    ConnectionState refused = new ConnectionState(Clock.systemUTC(), Duration.ofDays(1));
    refused.attemptFailed("Connection refused");

    refused.awaitFirstAttempt();

    assertThat(log.getAll()).doesNotContain("has said nothing");
  }
}
