package dev.serai.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A target that does not want to be asked again before some time has passed.
 *
 * <p>The next wait is the first one left on the queue's ladder that is long enough.
 */
public class RetryAfterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /**
   * A refusal with the time to wait.
   *
   * @param message what the target said
   * @param wait the shortest wait; zero or less means that any will do
   */
  public RetryAfterException(String message, Duration wait) {
    super(message);
    this.wait = wait;
  }

  /**
   * A refusal of an HTTP target.
   *
   * @param message what the target said
   * @param header value of its header {@code Retry-After}: seconds or an HTTP date; null or
   *     anything else means that any wait will do
   */
  public static RetryAfterException ofHeader(String message, @Nullable String header) {
    return new RetryAfterException(message, parse(header, Clock.systemUTC()));
  }

  static Duration parse(@Nullable String header, Clock clock) {
    if (header == null) {
      return Duration.ZERO;
    }
    String text = header.strip();
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(clock.instant(), until);
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  /** The shortest wait; zero or less means that any will do. */
  public Duration shortestWait() {
    return wait;
  }

  /** The wait that a failure asks for, itself or as one of its causes; zero when none does. */
  static Duration wantedBy(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetryAfterException asked) {
        return asked.wait;
      }
    }
    return Duration.ZERO;
  }
}
