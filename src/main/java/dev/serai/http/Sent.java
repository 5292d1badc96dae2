package dev.serai.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** What a caller has sent as a header: Camel puts the parameters of the query among them. */
public final class Sent {
  private Sent() {}

  /**
   * A header.
   *
   * @return without the parameters of that name; empty text when it was sent more than once
   * @throws ProblemException 400 when the query cannot be read
   */
  public static Optional<String> header(Exchange exchange, String name) throws ProblemException {
    Object value = exchange.getMessage().getHeader(name);
    List<Object> values = new ArrayList<>();
    if (value instanceof List<?> many) {
      values.addAll(many);
    } else if (value != null) {
      values.add(value);
    }
    String query = exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
    // To the server a semicolon separates too.
    Fields parameters = Fields.read(query.replace(';', '&'));
    for (String parameter : parameters.names()) {
      if (parameter.equalsIgnoreCase(name)) {
        values.removeAll(parameters.all(parameter));
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.size() == 1 ? String.valueOf(values.get(0)) : "");
  }
}
