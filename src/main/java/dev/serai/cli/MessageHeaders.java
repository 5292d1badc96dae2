package dev.serai.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Headers that a message is to have, as the data port takes them. */
final class MessageHeaders {
  private static final String PREFIX = "x-message-";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
  private static final Pattern VALUE = Pattern.compile("[ -~]{0,1000}");

  private MessageHeaders() {}

  /**
   * The headers of the request.
   *
   * @throws BadUsageException if one cannot be
   */
  static Map<String, String> of(Map<String, String> headers) {
    Map<String, String> sent = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          String plain = name.toLowerCase(Locale.ROOT);
          if (!NAME.matcher(plain).matches()) {
            throw new BadUsageException(
                "--header %s: a name has letters, digits, - and _, 100 at most".formatted(name));
          }
          if (!VALUE.matcher(value).matches()) {
            throw new BadUsageException(
                "--header %s: a value is printable ASCII, 1000 characters at most".formatted(name));
          }
          sent.put(PREFIX + plain, value);
        });
    return sent;
  }
}
