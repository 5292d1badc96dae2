package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts in place come before each wait, but not for a poison message. */
class InPlaceAttemptsIT {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "serai.broker.mode", "embedded",
          "serai.broker.embedded.durable", "false",
          "delivery.in-place-attempts", "2",
          "delivery.in-place-delay-ms", "1");

  @Test
  void come_before_each_wait_and_never_for_poison(@TempDir Path folder) {
    try (Trial trial = new Trial(folder, SETTINGS)) {
      Trial.Attempts attempts =
          trial.target(
              "once",
              (body, attempt, exchange) -> {
                throw body.equals("poison")
                    ? new PoisonMessageException("bad")
                    : new IllegalStateException("no");
              });

      trial.publish("once", "poison", Map.of());
      trial.take("dead");
      int poison = attempts.count();
      trial.publish("once", "other", Map.of());
      trial.take("dead");

      assertThat(poison).isEqualTo(1);
      assertThat(attempts.count() - poison).isEqualTo(3);
    }
  }
}
