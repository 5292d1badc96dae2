package dev.serai.http;

/**
 * Which headers of a route's message become headers of the answer: those that start with {@code
 * http-}.
 */
final class ResponseHeaders {
  private static final String PREFIX = "http-";

  private ResponseHeaders() {}

  static boolean isNamed(String header) {
    return header.startsWith(PREFIX);
  }

  static String wireName(String header) {
    return header.substring(PREFIX.length());
  }
}
