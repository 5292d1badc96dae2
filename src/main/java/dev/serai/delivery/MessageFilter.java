package dev.serai.delivery;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import dev.serai.http.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a parking queue are meant.
 *
 * <ul>
 *   <li>{@code $.user_id == 123}: a JSONPath comparison over the payload; {@code &&}, {@code ||},
 *       {@code =~ /regex/} and {@code in [...]} as JSONPath has them; {@code $.user_id} alone means
 *       that it is there. A payload that is not JSON does not match.
 *   <li>{@code header:NAME=VALUE}, {@code header:NAME!=VALUE}, {@code header:NAME}: a message
 *       header has that text, has not, is there.
 *   <li>nothing: all of them.
 * </ul>
 */
interface MessageFilter {
  /**
   * Whether a message is meant.
   *
   * @param payload parsed JSON, or null when it is none
   * @param headers as on the message
   */
  boolean matches(@Nullable Object payload, Map<String, Object> headers);

  /**
   * Reads a filter.
   *
   * @throws ProblemException 400 when it is none
   */
  static MessageFilter parse(@Nullable String text) throws ProblemException {
    String filter = text == null ? "" : text.strip();
    if (filter.isEmpty()) {
      return (payload, headers) -> true;
    }
    if (filter.startsWith("header:")) {
      return header(filter);
    }
    if (filter.startsWith("$")) {
      return path(filter);
    }
    throw bad(filter, "it starts neither with $ nor with header:");
  }

  private static MessageFilter header(String filter) throws ProblemException {
    Matcher parts = Parts.HEADER.matcher(filter);
    if (!parts.matches()) {
      throw bad(filter, "a header filter is header:NAME, header:NAME=VALUE or header:NAME!=VALUE");
    }
    String name = parts.group(1).strip();
    String operator = parts.group(2);
    if (operator == null) {
      return (payload, headers) -> headers.get(name) != null;
    }
    String wanted = parts.group(3).strip();
    boolean equal = operator.equals("=");
    return (payload, headers) -> equal == Objects.toString(headers.get(name), "").equals(wanted);
  }

  /** In a JSONPath predicate the message is {@code @}; people write {@code $} for it. */
  private static MessageFilter path(String filter) throws ProblemException {
    StringBuilder expression = new StringBuilder();
    Matcher parts = Parts.QUOTED_OR_ROOT.matcher(filter);
    while (parts.find()) {
      parts.appendReplacement(
          expression, Matcher.quoteReplacement(parts.group().equals("$") ? "@" : parts.group()));
    }
    parts.appendTail(expression);
    JsonPath path;
    try {
      path = JsonPath.compile("$[?(" + expression + ")]");
      path.read(List.of(Map.of()), Parts.LENIENT);
    } catch (InvalidPathException | IllegalArgumentException e) {
      throw bad(filter, String.valueOf(e.getMessage()));
    }
    return (payload, headers) -> payload != null && isFound(path, payload);
  }

  private static boolean isFound(JsonPath path, Object payload) {
    try {
      List<?> found = path.read(List.of(payload), Parts.LENIENT);
      return !found.isEmpty();
    } catch (JsonPathException e) {
      return false; // such as a comparison of a text with a number
    }
  }

  private static ProblemException bad(String filter, String why) {
    return new ProblemException(
        400,
        "bad-filter",
        "The filter \"%s\" cannot be used: %s. Write $.user_id == 123 or header:serai-route=NAME."
            .formatted(filter, why),
        List.of(new ProblemException.FieldError("#/filter", why)));
  }

  /** How filters are taken apart. */
  final class Parts {
    private static final Pattern HEADER = Pattern.compile("header:([^=!]+?)(?:(!?=)(.*))?");
    private static final Pattern QUOTED_OR_ROOT =
        Pattern.compile("'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"|/(?:\\\\.|[^/\\\\])*/|\\$");
    private static final Configuration LENIENT =
        Configuration.builder().options(Option.SUPPRESS_EXCEPTIONS).build();

    private Parts() {}
  }
}
