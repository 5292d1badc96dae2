package dev.serai.tasks;

import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** When a caller does not want a task's result any more. */
final class Deadline {
  private static final Duration LATEST = Duration.ofDays(365);

  private Deadline() {}

  /**
   * Reads a time as RFC 3339 writes it, or a duration from now such as {@code 30s}.
   *
   * @throws ProblemException 400 for anything else, for the past, and for more than a year
   */
  static Instant read(String text, Instant now) throws ProblemException {
    return TimeText.read(text)
        .filter(time -> time.compareTo(LATEST) <= 0)
        .map(now::plus)
        .or(() -> time(text))
        .filter(time -> time.isAfter(now) && !time.isAfter(now.plus(LATEST)))
        .orElseThrow(
            () ->
                TaskRequest.bad(
                    400,
                    "bad-deadline",
                    "The deadline is a time within a year such as 2030-01-31T12:00:00Z, or a"
                        + " duration such as 30s.",
                    "deadline",
                    text));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
