package dev.serai.urls;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Which characters of a component are percent-encoded (URL, section 1.3). */
enum Percent {
  CONTROL(""),
  FRAGMENT(" \"<>`"),
  QUERY(" \"#<>"),
  SPECIAL_QUERY(" \"#<>'"),
  PATH(" \"#<>?^`{}"),
  USERINFO(" \"#<>?^`{}/:;=@[\\]|");

  private static final String HEX = "0123456789abcdef";

  private final String encoded;

  Percent(String encoded) {
    this.encoded = encoded;
  }

  String encode(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      int value = one & 0xff;
      if (value <= 0x1f || value > 0x7e || encoded.indexOf(value) >= 0) {
        result.append('%').append(hex(value >> 4)).append(hex(value & 15));
      } else {
        result.append((char) value);
      }
    }
    return result.toString();
  }

  private static String hex(int digit) {
    return HEX.substring(digit, digit + 1).toUpperCase(Locale.ROOT);
  }

  /** Undoes it; what is no code stays. */
  static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] result = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        result[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        result[length++] = bytes[i];
      }
    }
    return new String(result, 0, length, StandardCharsets.UTF_8);
  }
}
