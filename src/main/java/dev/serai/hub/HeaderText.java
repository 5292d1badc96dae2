package dev.serai.hub;

import java.nio.charset.StandardCharsets;

/**
 * Text of any language in a header of HTTP: browsers send it as UTF-8, servers read it as Latin 1.
 */
public final class HeaderText {
  private HeaderText() {}

  static String read(String header) {
    return header.chars().anyMatch(c -> c > 0xff)
        ? header
        : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** To be sent in a header. */
  public static String written(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
