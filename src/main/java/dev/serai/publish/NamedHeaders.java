package dev.serai.publish;

import dev.serai.http.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Headers that a caller wants its message to have: {@code x-message-NAME} becomes {@code NAME}. */
final class NamedHeaders {
  private static final String PREFIX = "x-message-";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
  private static final Pattern OURS =
      Pattern.compile("(camel|serai|cloudevents|x-death|x-).*|cc|bcc|content-.*");
  private static final int LONGEST = 1000;
  private static final int MOST = 50;

  private NamedHeaders() {}

  /**
   * The headers of the message.
   *
   * @param headers of the request, names in lower case
   * @throws ProblemException 400 {@code bad-message-header} if one cannot be
   */
  static Map<String, String> of(Map<String, String> headers) throws ProblemException {
    Map<String, String> named = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().startsWith(PREFIX)) {
        String name = header.getKey().substring(PREFIX.length());
        if (!NAME.matcher(name).matches() || OURS.matcher(name).matches()) {
          throw refused(header.getKey(), "is no name that a message may have");
        }
        if (header.getValue().length() > LONGEST) {
          throw refused(header.getKey(), "is longer than 1000 characters");
        }
        named.put(name, header.getValue());
      }
    }
    if (named.size() > MOST) {
      throw refused(PREFIX, "are more than 50");
    }
    return named;
  }

  private static ProblemException refused(String header, String wrong) {
    return new ProblemException(
        400,
        "bad-message-header",
        "The header %s %s.".formatted(header, wrong),
        List.of(new ProblemException.FieldError(header, wrong)));
  }
}
