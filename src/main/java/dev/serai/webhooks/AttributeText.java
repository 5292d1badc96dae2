package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Values of CloudEvents attributes as headers of HTTP (HTTP binding 3.1.3.2). */
public final class AttributeText {
  private AttributeText() {}

  /** Percent-encodes what is not printable, blanks, quotes and the percent sign. */
  public static String encode(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (byte each : value.getBytes(UTF_8)) {
      if (each > ' ' && each <= '~' && each != '"' && each != '%') {
        text.append((char) each);
      } else {
        text.append('%').append("%02X".formatted(each & 0xff));
      }
    }
    return text.toString();
  }
}
