package dev.serai.bloodbank;

import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** A time in a request: {@code 2030-01-31T12:00:00Z}, or an age such as {@code 24h}. */
final class Moment {
  private Moment() {}

  /**
   * Reads one.
   *
   * @param place of the time in the request
   * @throws ProblemException 400 {@code bad-time}
   */
  static Instant of(String text, String place) throws ProblemException {
    try {
      Optional<Instant> age = TimeText.read(text).map(time -> Instant.now().minus(time));
      return age.isPresent() ? age.get() : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException | ArithmeticException e) {
      throw new ProblemException(
          400,
          "bad-time",
          "\"%s\" is no time; write 2030-01-31T12:00:00Z, or an age such as 24h.".formatted(text),
          List.of(new FieldError(place, "is no time")));
    }
  }
}
