package dev.serai.idempotence;

import dev.serai.files.TimeText;
import java.time.Duration;

/**
 * What a route may say behind the bean's name: {@code once?window=1h&store=redis}, both optional.
 * Not in its expression, whose value is a publisher's.
 *
 * @param window time for which a key stays known after it is done
 * @param store {@code sql} or {@code redis}
 */
record OnceOptions(Duration window, String store) {

  /**
   * Reads what stands behind the question mark.
   *
   * @param usual what counts where nothing is said
   * @throws IllegalArgumentException if it cannot be
   */
  static OnceOptions of(String text, OnceOptions usual) {
    OnceOptions options = usual;
    for (String word : text.split("&", -1)) {
      options = options.with(word, text);
    }
    return options;
  }

  private OnceOptions with(String word, String text) {
    String[] parts = word.split("=", 2);
    String value = parts.length == 2 ? parts[1].strip() : "";
    return switch (parts[0].strip()) {
      case "window" ->
          new OnceOptions(
              TimeText.read(value)
                  .filter(time -> !time.isZero())
                  .orElseThrow(() -> bad(text, "window is a time such as 10m or 24h")),
              store);
      case "store" -> {
        if (!value.equals("sql") && !value.equals("redis")) {
          throw bad(text, "store is sql or redis");
        }
        yield new OnceOptions(window, value);
      }
      default -> throw bad(text, "there are window and store");
    };
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("\"once?%s\": %s".formatted(text, why));
  }
}
