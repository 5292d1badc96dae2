package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.RabbitNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that waits for its next attempt outlives its broker. */
class WaitOverRestartIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void a_killed_rabbitmq_has_it_again_after_its_start() {
    try (RabbitNode node = RabbitNode.start();
        Trial trial = new Trial(folder, Map.of("serai.broker.uri", node.uri()))) {
      Trial.Attempts attempts = failOnce(trial);
      waitsForTheSecondAttempt(trial);

      node.kill();
      node.restart();

      await().atMost(LONG).until(() -> attempts.count() == 2);
      assertThat(trial.depth("dead")).isZero();
    }
  }

  @Test
  void a_serai_started_again_on_the_data_of_its_embedded_broker_makes_the_next_attempt() {
    try (Trial trial = new Trial(folder, Map.of("serai.broker.mode", "embedded"))) {
      failOnce(trial);
      waitsForTheSecondAttempt(trial);

      trial.restart();

      await().atMost(LONG).until(() -> trial.received("slow").equals(List.of("precious")));
      assertThat(trial.depth("dead")).isZero();
    }
  }

  private static Trial.Attempts failOnce(Trial trial) {
    Trial.Attempts attempts =
        trial.target(
            "slow",
            (body, attempt, exchange) -> {
              if (attempt == 1) {
                throw new IllegalStateException("no");
              }
            });
    trial.publish("slow", "precious", Map.of());
    return attempts;
  }

  private static void waitsForTheSecondAttempt(Trial trial) {
    await()
        .atMost(LONG)
        .until(() -> trial.count("serai.messages.retried", "queue", trial.queue("slow")) == 1);
  }
}
