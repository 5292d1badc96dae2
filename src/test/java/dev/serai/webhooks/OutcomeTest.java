package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.egress.Egress;
import dev.serai.egress.EgressAnswer;
import dev.serai.egress.EgressRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LONGEST = Duration.ofHours(1);

  @ParameterizedTest
  @CsvSource({
    "200,true,false,2xx",
    "204,true,false,2xx",
    "299,true,false,2xx",
    "199,false,false,1xx",
    "302,false,false,3xx",
    "404,false,false,4xx",
    "429,false,true,4xx",
    "500,false,false,5xx",
    "502,false,true,5xx",
    "503,false,false,5xx",
    "504,false,true,5xx"
  })
  void only_2xx_is_taken_and_some_say_that_the_receiver_is_busy(
      int status, boolean taken, boolean busy, String statusClass) {
    Outcome outcome = of(status, Map.of());

    assertThat(outcome.isTaken()).isEqualTo(taken);
    assertThat(outcome.isBusy()).isEqualTo(busy);
    assertThat(outcome.statusClass()).isEqualTo(statusClass);
    assertThat(outcome.control()).isEqualTo(Outcome.Control.NONE);
  }

  @Test
  void a_call_for_which_there_is_no_room_is_made_a_little_later_and_is_not_the_receivers_failure() {
    EgressRequest request =
        new EgressRequest("POST", URI.create("http://a.example/"), Map.of(), new byte[0], LONGEST);
    try (Egress full = new Egress(List.of(), 0)) {
      Outcome outcome = full.call(request).handle((answer, failure) -> Outcome.of(failure)).join();

      assertThat(outcome.error()).startsWith("too-many-calls: ");
      assertThat(outcome.isBusy()).isTrue();
      assertThat(outcome.retryAfter()).hasValue(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "' 0 ', PT0S",
    "999999999, PT1H", // no longer than the longest
    "'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
    "'Sun, 1 Mar 2026 13:00:30 +0100', PT30S",
    "'Mon, 01 Mar 2027 12:00:00 GMT', PT1H"
  })
  void before_that_it_does_not_want_another(String text, Duration wait) {
    assertThat(of(503, Map.of("retry-after", text)).retryAfter()).hasValue(wait);
  }

  @ParameterizedTest
  @CsvSource({
    "soon",
    "-1",
    "1.5",
    "99999999999999999999",
    "''",
    "'Sun, 01 Mar 2026 11:59:59 GMT'", // over
    "'Mon, 01 Mar 2026 12:00:30 GMT'" // it was a Sunday
  })
  void what_is_no_time_to_come_says_nothing(String text) {
    assertThat(of(429, Map.of("retry-after", text)).retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, disable, DISABLE",
    "500, ' disable ', DISABLE",
    "410, disable, DISABLE",
    "500, abort-message, ABORT",
    "410, '', GONE",
    "410, else, GONE",
    "500, Disable, NONE",
    "204, abort, NONE"
  })
  void a_receiver_says_with_a_header_what_it_does_not_want(
      int status, String header, Outcome.Control control) {
    assertThat(of(status, Map.of("webhook-delivery", header)).control()).isEqualTo(control);
  }

  @Test
  void what_a_database_cannot_keep_is_left_out() {
    Outcome answered = Outcome.of(answer(500, Map.of(), "a\0b".getBytes(UTF_8)), NOW, LONGEST);
    Outcome failed =
        Outcome.of(new CompletionException(new IllegalStateException("\0x".repeat(1000))));

    assertThat(answered.body()).isEqualTo("ab");
    assertThat(failed.error()).startsWith("not-sent: xx").hasSize(500);
    assertThat(failed.status()).isNull();
    assertThat(failed.statusClass()).isEqualTo("none");
    assertThat(of(204, Map.of()).body()).isNull();
  }

  private static Outcome of(int status, Map<String, String> headers) {
    return Outcome.of(answer(status, headers, new byte[0]), NOW, LONGEST);
  }

  private static EgressAnswer answer(int status, Map<String, String> headers, byte[] body) {
    return new EgressAnswer(status, headers, body, Duration.ZERO, "192.0.2.1");
  }
}
