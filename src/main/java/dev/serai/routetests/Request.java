package dev.serai.routetests;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, as the data port hands it to a route.
 *
 * @param method such as {@code POST}
 * @param path without the query
 * @param query may be empty
 * @param parameters those in the path
 * @param sent body and headers
 */
record Request(
    String method, String path, String query, Map<String, String> parameters, Send.Sent sent) {
  private static final String ANSWER = "http-";

  /**
   * Reads an address.
   *
   * @param address method, path with its query, and the template of the path, separated by spaces
   */
  static Request of(String address, Send.Sent sent) {
    String[] words = address.split(" ", 3);
    String[] parts = words[1].split("\\?", 2);
    return new Request(
        words[0], parts[0], parts.length > 1 ? parts[1] : "", parameters(words[2], parts[0]), sent);
  }

  /** Whether a path, with or without a query, is one of a template with {@code {names}}. */
  static boolean fits(String template, String address) {
    String[] wanted = template.split("/", -1);
    String[] given = address.split("\\?", 2)[0].split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].startsWith("{") && !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> parameters(String template, String path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        parameters.put(wanted[i].substring(1, wanted[i].length() - 1), decode(given[i]));
      }
    }
    return parameters;
  }

  void fill(Exchange exchange) {
    Message message = exchange.getMessage();
    sent.headers()
        .forEach(
            (name, value) -> {
              if (!steers(name)) {
                message.setHeader(name, value);
              }
            });
    Arrays.stream(query.split("&"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair -> message.setHeader(decode(pair[0]), pair.length > 1 ? decode(pair[1]) : ""));
    parameters.forEach(message::setHeader);
    message.setHeader(Exchange.HTTP_METHOD, method);
    message.setHeader(Exchange.HTTP_PATH, path);
    message.setHeader(Exchange.HTTP_QUERY, query);
    message.setHeader(Exchange.HTTP_URI, query.isEmpty() ? path : path + "?" + query);
    sent.contentType().ifPresent(type -> message.setHeader(Exchange.CONTENT_TYPE, type));
    message.setBody(Courier.bytes(sent.body().map(Part::plain).orElse(null)));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** What the port takes away before a route sees it. */
  private static boolean steers(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith("camel") || name.startsWith("serai-") || name.startsWith(ANSWER);
  }

  /** The headers that the port sends of a route's message. */
  static Map<String, @Nullable Object> onTheWire(Map<String, @Nullable Object> headers) {
    Map<String, @Nullable Object> sent = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          if (name.equals(Exchange.CONTENT_TYPE)) {
            sent.put(name, value);
          } else if (name.startsWith(ANSWER)) {
            sent.put(name.substring(ANSWER.length()), value);
          }
        });
    return sent;
  }
}
