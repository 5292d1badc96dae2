package dev.serai.webhooks;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attempts to deliver, as receivers answer them and people ask for them. */
abstract class WebhookAttemptsContract extends RunningWebhooks {
  @Test
  void what_fails_is_tried_again_and_the_receiver_knows_it_by_its_id() throws Exception {
    receiver.answer("flaky", new Receiver.Answer(500, Map.of(), "not now"));
    String webhook = webhooks.addFor(receiver.url("flaky"));

    String id = webhooks.notify("{}");
    awaitCalls("flaky", 2);
    receiver.answer("flaky", Receiver.Answer.of(200));
    JsonNode failed = awaitAttempts(webhook, 2).get(1);

    assertThat(failed.path("answer").asText()).isEqualTo("not now");
    assertThat(failed.path("next").asText()).isNotEmpty(); // in an hour
    resend(webhook, failed);
    awaitCalls("flaky", 3);
    assertThat(receiver.of("flaky")).extracting(Receiver.Call::id).containsOnly(id);
    assertThat(awaitAttempts(webhook, 3).get(0).path("state").asText()).isEqualTo("delivered");
  }

  @Test
  void what_has_failed_for_good_is_replayed() throws Exception {
    receiver.answer("late", Receiver.Answer.of(302));
    JsonNode webhook =
        webhooks.add(
            "{\"url\":\"%s\",\"types\":[\"late\"],\"schedule\":[\"0s\"]}"
                .formatted(receiver.url("late")));
    webhooks.notify("{\"type\":\"late\",\"n\":1}");
    awaitCalls("late", 1);
    assertThat(awaitAttempts(id(webhook), 1).get(0).path("state").asText()).isEqualTo("failed");
    receiver.answer("late", Receiver.Answer.of(204));
    webhooks.notify("{\"type\":\"late\",\"n\":2}");
    awaitCalls("late", 2);
    awaitAttempts(id(webhook), 2);
    String replay = "/webhooks/" + id(webhook) + "/replay";

    assertThat(
            webhooks
                .post(replay, "{\"since\":\"1h\",\"undelivered\":true}", 202)
                .path("count")
                .asInt())
        .isEqualTo(1);
    awaitCalls("late", 3);
    assertThat(receiver.of("late").get(2).body()).contains("\"n\":1");
    awaitAttempts(id(webhook), 3);
    int all = webhooks.post(replay, "{\"since\":\"1h\"}", 202).path("count").asInt();

    assertThat(all).isEqualTo(2);
    awaitCalls("late", 3 + all);
  }

  @Test
  void nobody_is_called_before_it_wants_that() throws Exception {
    receiver.answer("busy", new Receiver.Answer(429, Map.of("Retry-After", "2"), ""));
    webhooks.addFor(receiver.url("busy"));

    webhooks.notify("{}");

    awaitCalls("busy", 1);
    receiver.answer("busy", Receiver.Answer.of(204));
    webhooks.notify("{}");
    awaitCalls("busy", 3);
    List<Receiver.Call> calls = receiver.of("busy");
    assertThat(Duration.ofNanos(calls.get(1).atNanos() - calls.get(0).atNanos()))
        .isGreaterThan(Duration.ofMillis(1900));
  }

  @Test
  void a_date_says_as_well_when_to_come_again() throws Exception {
    ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(SECONDS).plusSeconds(3);
    long then = System.nanoTime() + Duration.between(Instant.now(), date).toNanos();
    String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date);
    receiver.answer("dated", new Receiver.Answer(503, Map.of("Retry-After", text), ""));
    webhooks.addFor(receiver.url("dated"));

    webhooks.notify("{}");

    awaitCalls("dated", 2);
    assertThat(Duration.ofNanos(receiver.of("dated").get(1).atNanos() - then))
        .isGreaterThan(Duration.ofMillis(-100)); // two clocks
  }

  @Test
  void a_message_that_the_receiver_does_not_want_is_not_tried_again() throws Exception {
    receiver.answer(
        "unwanted", new Receiver.Answer(500, Map.of("webhook-delivery", "abort-message"), ""));
    String webhook = webhooks.addFor(receiver.url("unwanted"));
    webhooks.notify("{}");
    JsonNode attempt = awaitAttempts(webhook, 1).get(0);
    assertThat(attempt.path("state").asText()).isEqualTo("aborted");
    assertThat(attempt.has("next")).isFalse();
    receiver.answer("unwanted", Receiver.Answer.of(204));

    String other = webhooks.notify("{}");

    awaitCall("unwanted", other);
    assertThat(receiver.of("unwanted")).hasSize(2);
  }

  @Test
  void no_more_come_per_second_than_the_receiver_can_take() throws Exception {
    webhooks.add("{\"url\":\"%s\",\"rate_limit\":5}".formatted(receiver.url("limited")));

    List<String> ids = webhooks.notifyAll(12);

    awaitCalls("limited", 12);
    assertThat(receiver.ids("limited")).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(receiver.span("limited")) // the first one may be late
        .isGreaterThan(Duration.ofMillis(11 * 200 / 2));
  }

  private void resend(String webhook, JsonNode attempt) throws Exception {
    webhooks.post(
        "/webhooks/" + webhook + "/attempts/" + attempt.path("id").asText() + "/resend", "", 202);
  }
}
