package dev.serai.publish;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import dev.serai.topology.Topologies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Where a request's messages go, as its request line says.
 *
 * @param exchange name, not checked yet
 * @param routingKey at most 255 bytes
 * @param priority from 0 to 10
 * @param batch whether the request holds several
 */
public record PublishTarget(String exchange, String routingKey, int priority, boolean batch) {
  private static final int LONGEST_KEY = 255;

  /**
   * Reads {@code /publish/{exchange}/{routingKey}[/batch]?priority=N}.
   *
   * @throws ProblemException 400 for a priority or a routing key that cannot be
   */
  static PublishTarget of(String uri) throws ProblemException {
    UriComponents parts = parse(uri);
    List<String> path =
        parts.getPathSegments().stream()
            .map(segment -> UriUtils.decode(segment, StandardCharsets.UTF_8))
            .toList();
    if (path.get(2).getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new ProblemException(
          400, "routing-key-too-long", "A routing key has at most 255 bytes.", List.of());
    }
    return new PublishTarget(
        path.get(1),
        path.get(2),
        priority(parts.getQueryParams().getFirst("priority")),
        path.size() > 3);
  }

  private static UriComponents parse(String uri) throws ProblemException {
    try {
      return UriComponentsBuilder.fromUriString(uri).build();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          400, "bad-request", "The address holds characters that must be encoded.", List.of());
    }
  }

  /**
   * Reads the parameter {@code priority}; 0 when there is none.
   *
   * @throws ProblemException 400 for what cannot be
   */
  public static int priority(@Nullable String text) throws ProblemException {
    if (text == null) {
      return 0;
    }
    if (!text.matches("10|\\d")) {
      throw new ProblemException(
          400,
          "bad-priority",
          "The priority is a whole number from 0 to 10.",
          List.of(new FieldError("priority", "is \"" + text + "\"")));
    }
    return Integer.parseInt(text);
  }

  /**
   * Refuses every exchange but those that applications may publish to, and every key that is none
   * of its own.
   *
   * @throws ProblemException 404 with the exchanges that there are, 400 with the keys
   */
  void check(Topologies topologies) throws ProblemException {
    Topologies.ExchangeSpec spec = topologies.exchanges().get(exchange);
    if (spec != null && spec.open()) {
      checkKey(spec, routingKey);
      return;
    }
    List<String> open =
        topologies.exchanges().values().stream()
            .filter(Topologies.ExchangeSpec::open)
            .map(Topologies.ExchangeSpec::name)
            .toList();
    throw new ProblemException(
        404,
        "unknown-exchange",
        "There is no exchange \"%s\" to publish to; there are: %s"
            .formatted(exchange, String.join(", ", open)),
        List.of());
  }

  /**
   * Refuses a routing key that an exchange is not for.
   *
   * @throws ProblemException 400 {@code bad-routing-key} with those that it takes
   */
  public static void checkKey(Topologies.ExchangeSpec exchange, String key)
      throws ProblemException {
    if (!exchange.takes(key)) {
      throw new ProblemException(
          400,
          "bad-routing-key",
          "\"%s\" is no routing key of %s; it takes: %s (words of letters, digits, _ and -; * is one)."
              .formatted(
                  key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key,
                  exchange.name(),
                  String.join(", ", exchange.keys())),
          List.of(new FieldError("routingKey", "is none of those")));
    }
  }
}
