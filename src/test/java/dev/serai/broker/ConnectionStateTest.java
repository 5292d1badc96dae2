package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

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
}
