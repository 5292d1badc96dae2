package dev.serai.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The path and the query of a request, from the request line alone: a header of the same name
 * changes nothing. Immutable.
 */
public final class RequestLine {
  private final UriComponents address;

  private RequestLine(UriComponents address) {
    this.address = address;
  }

  /**
   * Reads it.
   *
   * @throws ProblemException 400 if it holds what must be encoded
   */
  public static RequestLine of(Exchange exchange) throws ProblemException {
    try {
      return new RequestLine(
          UriComponentsBuilder.fromUriString(
                  exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class))
              .build());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          400, "bad-request", "The address holds characters that must be encoded.", List.of());
    }
  }

  /**
   * A part of the path.
   *
   * @param index from 0
   * @return empty when the path is shorter
   */
  public String segment(int index) {
    List<String> path = address.getPathSegments();
    return path.size() <= index ? "" : UriUtils.decode(path.get(index), StandardCharsets.UTF_8);
  }

  /** A parameter; null when it is absent or empty. */
  public @Nullable String query(String name) {
    String value = address.getQueryParams().getFirst(name);
    return value == null || value.isEmpty() ? null : UriUtils.decode(value, StandardCharsets.UTF_8);
  }
}
