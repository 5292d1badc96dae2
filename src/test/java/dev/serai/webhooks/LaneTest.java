package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.egress.Egress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** When a lane is looked at again. */
class LaneTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final String secret = Secret.generate().text();
  private final Lane lane = new Lane(entry(null), settings());

  @Test
  void one_that_is_enabled_while_it_rests_goes_on_as_fast_as_its_limit_allows() {
    fetch("m1");
    lane.next(0);
    lane.end(busy(), Duration.ZERO, 0);
    assertThat(lane.next(0).pause()).isEqualTo(HOUR);

    lane.set(entry(Endpoint.Reason.FAILING));
    lane.set(entry(null));
    fetch("m2", "m3");

    assertThat(lane.next(2 * SECOND).delivery()).isNotNull();
    assertThat(lane.next(2 * SECOND).pause()).isBetween(1L, SECOND);
  }

  @Test
  void a_short_wait_is_not_forgotten_behind_a_long_one() {
    fetch("m1", "m2", "m3");
    lane.next(0);
    assertThat(lane.next(0).pause()).isEqualTo(SECOND);
    assertThat(lane.next(0).pause()).as("one alarm is enough").isZero();

    lane.awake(SECOND);
    assertThat(lane.next(SECOND).delivery()).isNotNull();
    assertThat(lane.next(SECOND).pause()).isEqualTo(SECOND);
    lane.awake(SECOND + 1); // an older one rings late
    assertThat(lane.next(SECOND + 1).pause()).as("the alarm is still to come").isZero();
  }

  @Test
  void a_call_for_which_there_was_no_room_is_none_of_the_schedule() {
    Held held = new Held("e", "m1", 0, Map.of(), new byte[0], new Lease(24 * HOUR));
    Outcome noRoom =
        new Outcome(
            null,
            "too-many-calls: 1",
            null,
            Outcome.Control.LATER,
            Optional.of(Duration.ofSeconds(1)));
    try (Egress egress = new Egress(List.of(), 1)) {
      Calls calls = new Calls(egress, settings()); // its schedule has one attempt
      Endpoint endpoint = entry(null).endpoint();

      Result result = calls.result(endpoint, held, ended(noRoom), true, 0);
      Result failed = calls.result(endpoint, held, ended(busy()), true, 0);

      assertThat(result.state()).isEqualTo(Result.State.PENDING);
      assertThat(result.counts()).isFalse();
      assertThat(result.pause()).isEqualTo(Duration.ofSeconds(1));
      assertThat(failed.state()).isEqualTo(Result.State.FAILED);
    }
  }

  private static Calls.Ended ended(Outcome outcome) {
    return new Calls.Ended(outcome, Instant.EPOCH, Duration.ZERO);
  }

  private void fetch(String... ids) {
    lane.expect();
    assertThat(lane.beginFetch(0)).isTrue();
    lane.fetched(
        List.of(ids).stream()
            .map(id -> new Held("e", id, 0, Map.of(), new byte[0], new Lease(24 * HOUR)))
            .toList());
  }

  private Directory.Entry entry(Endpoint.@Nullable Reason reason) {
    Settings settings =
        new Settings(
            URI.create("https://a.example/"), List.of("#"), "", Map.of(), Map.of(), 1, null, true);
    return Directory.Entry.of(
        new Endpoint(
            "e",
            settings,
            new Keys(secret, null, null),
            reason == null ? null : new Endpoint.Disabling(reason, Instant.EPOCH),
            null,
            Instant.EPOCH));
  }

  private static Outcome busy() {
    return new Outcome(
        429, "http-status: 429", null, Outcome.Control.NONE, Optional.of(Duration.ofHours(1)));
  }

  static WebhookSettings settings() {
    return new WebhookSettings(
        List.of(Duration.ZERO),
        0,
        10,
        10,
        DataSize.ofMegabytes(1),
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofMillis(1),
        Duration.ofDays(5),
        new WebhookSettings.Breaker(50, 10, Duration.ofSeconds(30)));
  }
}
