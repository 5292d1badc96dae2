package dev.serai.bloodbank;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.topology.KeyPattern;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which keys are meant, as a binding of a topic exchange says it.
 *
 * @param text as it was written
 */
record EventPattern(String text) {
  private static final Pattern FORM =
      Pattern.compile("(\\*|#|[A-Za-z0-9_-]+)(\\.(\\*|#|[A-Za-z0-9_-]+))*");
  private static final int LONGEST = 255;

  /**
   * Reads one.
   *
   * @param place of the pattern in the request
   * @throws ProblemException 400 {@code bad-pattern}
   */
  static EventPattern of(String text, String place) throws ProblemException {
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw new ProblemException(
          400,
          "bad-pattern",
          "\"%s\" is no pattern; write words with dots between them: * stands for exactly one word, #"
                  .formatted(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
              + " for any number of them, such as transcription.voice.* or transcription.#; a star is"
              + " never a part of a word.",
          List.of(new FieldError(place, "is no pattern")));
    }
    return new EventPattern(text);
  }

  /** Whether it means one key only. */
  boolean isExact() {
    return text.indexOf('*') < 0 && text.indexOf('#') < 0;
  }

  boolean matches(String key) {
    return new KeyPattern(text).matches(key);
  }
}
