package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.egress.EgressAnswer;
import dev.serai.egress.EgressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to an attempt means.
 *
 * @param status null: there was no answer
 * @param error null: the receiver has taken it
 * @param control what the receiver wants besides
 * @param retryAfter before which it does not want another attempt; empty: it does not say
 */
record Outcome(
    @Nullable Integer status,
    @Nullable String error,
    @Nullable String body,
    Control control,
    Optional<Duration> retryAfter) {
  private static final Set<Integer> BUSY = Set.of(429, 502, 504);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final int LONGEST_ERROR = 500;

  /** What a receiver can want besides taking a message or not. */
  enum Control {
    /** Nothing. */
    NONE,
    /** Less at once; it is Serai that wants that. */
    LATER,
    /** No more of this message. */
    ABORT,
    /** Nothing more at all. */
    DISABLE,
    /** The same, because it is not there any more. */
    GONE
  }

  /**
   * Of an answer.
   *
   * @param longest time that the receiver can ask for
   */
  static Outcome of(EgressAnswer answer, Instant now, Duration longest) {
    int status = answer.status();
    boolean taken = status >= 200 && status < 300;
    String body = new String(answer.body(), UTF_8).replace("\0", "");
    return new Outcome(
        status,
        taken ? null : "http-status: the receiver has answered " + status,
        body.isEmpty() ? null : body,
        control(status, answer.headers().getOrDefault("webhook-delivery", "")),
        Optional.ofNullable(answer.headers().get("retry-after"))
            .flatMap(text -> retryAfter(text.strip(), now))
            .map(wait -> wait.compareTo(longest) > 0 ? longest : wait));
  }

  static Outcome of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean own = cause instanceof EgressException egress && egress.isOwn();
    String error =
        cause instanceof EgressException known
            ? known.code() + ": " + known.getMessage()
            : "not-sent: " + cause.getMessage();
    String clean = error.replace("\0", "");
    return new Outcome(
        null,
        clean.length() <= LONGEST_ERROR ? clean : clean.substring(0, LONGEST_ERROR),
        null,
        own ? Control.LATER : Control.NONE,
        own ? Optional.of(MOMENT) : Optional.empty());
  }

  boolean isTaken() {
    return error == null;
  }

  /** Whether nothing is wrong with the receiver, but there must be less at once. */
  boolean isBusy() {
    return control == Control.LATER || (status != null && BUSY.contains(status));
  }

  /** Of metrics: {@code 2xx} to {@code 5xx}, or {@code none}. */
  String statusClass() {
    return status == null ? "none" : status / 100 + "xx";
  }

  private static Control control(int status, String wish) {
    return switch (wish.strip()) {
      case "disable" -> Control.DISABLE;
      case "abort-message" -> Control.ABORT;
      default -> status == 410 ? Control.GONE : Control.NONE;
    };
  }

  private static Optional<Duration> retryAfter(String text, Instant now) {
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant time = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, time)).filter(wait -> !wait.isNegative());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
