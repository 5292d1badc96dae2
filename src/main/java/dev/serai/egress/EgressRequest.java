package dev.serai.egress;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One call.
 *
 * @param headers none of those that say where a request ends or goes ({@code Host}, {@code
 *     Content-Length} ...), which are made here
 * @param body not changed by anybody until the call is over
 * @param timeout for everything up to the end of the answer
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares requests
public record EgressRequest(
    String method, URI url, Map<String, String> headers, byte[] body, Duration timeout) {
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * Refuses what could change the request into another one.
   *
   * @throws IllegalArgumentException for a header that cannot be sent; it quotes no value
   */
  public EgressRequest {
    headers = Map.copyOf(headers);
    headers.forEach(EgressRequest::check);
  }

  /** Whether a header, in lower case, is made here, so that nobody else can choose it. */
  public static boolean makes(String name) {
    return OURS.contains(name);
  }

  private static void check(String name, String value) {
    if (makes(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header " + name + " cannot be chosen");
    }
    try {
      new DefaultHttpHeaders().add(name, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a header has characters that headers cannot have", e);
    }
  }
}
