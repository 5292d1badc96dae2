package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;

/** What the policies promise, whichever broker they run on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class PolicyRules {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration BEFORE_REQUEUE = Duration.ofSeconds(1);

  private Trial trial;

  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path folder) {
    trial = new Trial(folder, broker());
  }

  @AfterAll
  void stop() {
    trial.close();
  }

  @BeforeEach
  void clear() {
    trial.admin().purgeQueue(trial.queue("dead"), false);
  }

  @Test
  void keeps_the_waits_and_then_parks_the_message_with_the_reason() {
    double retriedBefore = retried("work");
    Trial.Attempts attempts =
        trial.target(
            "work",
            (body, attempt, exchange) -> {
              throw new IllegalStateException("503");
            });

    trial.publish("work.a", "{\"n\":1}", Map.of("tenant", "blue", "serai-attempt", 9));

    Message parked = trial.take("dead");
    assertThat(attempts.count()).isEqualTo(3);
    assertThat(attempts.before(2)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    assertThat(attempts.before(3)).isGreaterThanOrEqualTo(Duration.ofMillis(690));
    assertThat(parked.getBody()).isEqualTo("{\"n\":1}".getBytes());
    assertThat(parked.getMessageProperties().getMessageId()).isEqualTo("m-{\"n\":1}");
    assertThat(parked.getMessageProperties().getContentType()).isEqualTo("application/json");
    Map<String, Object> headers = parked.getMessageProperties().getHeaders();
    assertThat(headers)
        .containsEntry("tenant", "blue")
        .containsEntry("serai-attempt", 3)
        .containsEntry("serai-origin-queue", trial.queue("work"))
        .containsEntry("serai-error", "503")
        .containsEntry("serai-error-type", "java.lang.IllegalStateException")
        .containsEntry("serai-route", "trial-work")
        .containsEntry("serai-replays", 0)
        .containsKeys("serai-first-failed-at", "serai-parked-at");
    assertThat(retried("work") - retriedBefore).isEqualTo(2);
  }

  @Test
  void a_message_that_succeeds_after_a_wait_is_gone() {
    Trial.Attempts attempts =
        trial.target(
            "work",
            (body, attempt, exchange) -> {
              if (attempt == 1) {
                throw new IllegalStateException("503");
              }
            });

    trial.publish("work.a", "second", Map.of());

    await().atMost(SOON).until(() -> attempts.count() == 2);
    settled("work");
    assertThat(trial.depth("work.wait.700ms")).isZero();
    assertThat(trial.depth("dead")).isZero();
  }

  @Test
  void parks_a_poison_message_at_once() {
    Trial.Attempts attempts =
        trial.target(
            "work",
            (body, attempt, exchange) -> {
              throw new PoisonMessageException("user_id is missing");
            });

    trial.publish("work.a", "poison", Map.of());

    Message parked = trial.take("dead");
    assertThat(parked.getMessageProperties().getHeaders())
        .containsEntry("serai-attempt", 1)
        .containsEntry("serai-error", "user_id is missing");
    assertThat(attempts.count()).isEqualTo(1);
    await()
        .atMost(SOON)
        .until(
            () ->
                trial.count(
                        "serai.messages.parked", "queue", trial.queue("work"), "reason", "poison")
                    == 1);
  }

  @Test
  void waits_at_least_as_long_as_the_target_asks() {
    Trial.Attempts attempts =
        trial.target(
            "work",
            (body, attempt, exchange) -> {
              if (attempt == 1) {
                throw new RetryAfterException("429", Duration.ofMillis(500));
              }
            });

    trial.publish("work.a", "later", Map.of());

    await().atMost(SOON).until(() -> attempts.count() == 2);
    assertThat(attempts.before(2)).isGreaterThanOrEqualTo(Duration.ofMillis(690));
  }

  @Test
  void drops_and_counts_after_the_last_attempt() {
    Trial.Attempts attempts =
        trial.target(
            "drop",
            (body, attempt, exchange) -> {
              throw new IllegalStateException("no");
            });

    trial.publish("drop", "cheap", Map.of());

    await()
        .atMost(SOON)
        .until(
            () ->
                trial.count(
                        "serai.discarded",
                        "queue",
                        trial.queue("drop"),
                        "reason",
                        "attempts-used-up")
                    == 1);
    settled("drop");
    assertThat(attempts.count()).isEqualTo(2);
    assertThat(trial.depth("dead")).isZero();
  }

  @Test
  void drops_and_counts_poison_that_has_no_place_to_park() {
    Trial.Attempts attempts =
        trial.target(
            "cheap",
            (body, attempt, exchange) -> {
              throw new PoisonMessageException("user_id is missing");
            });

    trial.publish("cheap", "poison", Map.of());

    await()
        .atMost(SOON)
        .until(
            () ->
                trial.count("serai.discarded", "queue", trial.queue("cheap"), "reason", "poison")
                    == 1);
    settled("cheap");
    assertThat(attempts.count()).isEqualTo(1);
    assertThat(trial.depth("dead")).isZero();
  }

  @Test
  void parks_at_once_what_is_not_to_be_tried_again() {
    Trial.Attempts attempts =
        trial.target(
            "once",
            (body, attempt, exchange) -> {
              throw new IllegalStateException("no");
            });

    trial.publish("once", "1", Map.of());

    assertThat(trial.take("dead").getMessageProperties().getHeaders())
        .containsEntry("serai-route", "trial-once");
    assertThat(attempts.count()).isEqualTo(1);
  }

  @Test
  void a_message_comes_back_from_a_wait_that_several_queues_share() {
    Trial.Attempts attempts =
        trial.target(
            "shared",
            (body, attempt, exchange) -> {
              if (attempt == 1) {
                throw new IllegalStateException("no");
              }
            });

    trial.publish("shared", "1", Map.of());

    await().atMost(SOON).until(() -> attempts.count() == 2);
    assertThat(attempts.before(2)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
  }

  @Test
  void one_bad_message_of_a_batch_is_parked_and_the_others_are_done() {
    Trial.Attempts attempts =
        trial.target(
            "batch",
            (body, attempt, exchange) -> {
              if (body.equals("bad")) {
                throw new IllegalStateException("no");
              }
            });

    trial.publish("batch", "good", Map.of());
    trial.publish("batch", "bad", Map.of("tenant", "blue"));
    trial.publish("batch", "fine", Map.of());

    Message parked = trial.take("dead");
    assertThat(parked.getBody()).isEqualTo("bad".getBytes());
    assertThat(parked.getMessageProperties().getHeaders())
        .containsEntry("tenant", "blue")
        .containsEntry("serai-attempt", 2)
        .containsEntry("serai-route", "trial-batch-one")
        .doesNotContainKey("CamelSeraiReceived");
    assertThat(attempts.bodies()).containsOnlyOnce("good", "fine");
    settled("batch");
  }

  @Test
  void a_message_comes_back_when_its_policy_cannot_send_it_on() {
    trial.admin().deleteQueue(trial.queue("fragile.wait.400ms"));
    Trial.Attempts attempts =
        trial.target(
            "fragile",
            (body, attempt, exchange) -> {
              if (attempt < 3) {
                throw new IllegalStateException("no");
              }
            });

    trial.publish("fragile", "precious", Map.of());

    await().atMost(SOON).until(() -> attempts.count() == 3);
    assertThat(attempts.before(2)).isGreaterThanOrEqualTo(BEFORE_REQUEUE);
    settled("fragile");
    assertThat(trial.depth("dead")).isZero();
  }

  @Test
  void a_message_without_a_place_to_park_stays() {
    Trial.Attempts attempts =
        trial.target(
            "homeless",
            (body, attempt, exchange) -> {
              if (attempt < 3) {
                throw new IllegalStateException("no");
              }
            });

    trial.publish("homeless", "1", Map.of());

    await().atMost(SOON).until(() -> attempts.count() == 3);
    assertThat(attempts.before(2)).isGreaterThanOrEqualTo(BEFORE_REQUEUE);
    assertThat(attempts.before(3)).isGreaterThanOrEqualTo(BEFORE_REQUEUE);
    settled("homeless");
  }

  private double retried(String queue) {
    return trial.count("serai.messages.retried", "queue", trial.queue(queue));
  }

  /** Nothing is left in the queue, neither ready nor being processed. */
  private void settled(String queue) {
    String acked = "serai.messages.acked";
    String consumed = "serai.messages.consumed";
    String requeued = "serai.messages.requeued";
    String name = trial.queue(queue);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(trial.depth(queue)).isZero();
              assertThat(trial.count(acked, "queue", name) + trial.count(requeued, "queue", name))
                  .isEqualTo(trial.count(consumed, "queue", name));
            });
  }
}
