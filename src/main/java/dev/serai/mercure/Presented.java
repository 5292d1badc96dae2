package dev.serai.mercure;

import dev.serai.http.Fields;
import dev.serai.http.ProblemException;
import dev.serai.http.Sent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * A token as a request shows it.
 *
 * @param token as it came; empty when the header is none of a token
 * @param by where it was
 */
record Presented(String token, Carrier by) {
  private static final String BEARER = "bearer ";
  private static final List<String> COOKIES =
      List.of("__Secure-mercure_access_token", "mercureAuthorization");

  enum Carrier {
    HEADER,
    QUERY,
    COOKIE
  }

  /** The header wins over the query, the query over the cookie. */
  static Optional<Presented> of(Exchange exchange) throws ProblemException {
    Optional<String> header = Sent.header(exchange, "Authorization");
    if (header.isPresent()) {
      String text = header.get();
      boolean bearer = text.toLowerCase(Locale.ROOT).startsWith(BEARER);
      String token = bearer ? text.substring(BEARER.length()).strip() : "";
      return Optional.of(new Presented(token, Carrier.HEADER));
    }
    Optional<Presented> inQuery =
        Fields.ofQuery(exchange)
            .first("authorization")
            .map(token -> new Presented(token, Carrier.QUERY));
    return inQuery.isPresent()
        ? inQuery
        : cookie(exchange).map(token -> new Presented(token, Carrier.COOKIE));
  }

  private static Optional<String> cookie(Exchange exchange) throws ProblemException {
    String cookies = Sent.header(exchange, "Cookie").orElse("");
    List<String[]> pairs =
        Arrays.stream(cookies.split(";")).map(pair -> pair.strip().split("=", 2)).toList();
    return COOKIES.stream()
        .flatMap(name -> pairs.stream().filter(pair -> pair.length == 2 && pair[0].equals(name)))
        .map(pair -> pair[1])
        .findFirst();
  }
}
