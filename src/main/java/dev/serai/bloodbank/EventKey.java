package dev.serai.bloodbank;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.util.List;
import java.util.regex.Pattern;

/** The form of routing keys: {@code <domain>.<entity>.<action>}, or two parts. */
final class EventKey {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){1,2}");
  private static final int LONGEST = 255;

  private EventKey() {}

  /**
   * Refuses what is none.
   *
   * @throws ProblemException 400 {@code bad-routing-key}
   */
  static void check(String key) throws ProblemException {
    if (key.length() > LONGEST || !FORM.matcher(key).matches()) {
      throw new ProblemException(
          400,
          "bad-routing-key",
          "\"%s\" is no routing key; write <domain>.<entity>.<action>, such as agent.thread.prompt, or"
                  .formatted(key.length() > LONGEST ? key.substring(0, LONGEST) + "…" : key)
              + " two parts, such as artifact.created: each of letters, digits, _ and -, at most 255 in"
              + " all.",
          List.of(new FieldError("routingKey", "must have two or three parts")));
    }
  }
}
