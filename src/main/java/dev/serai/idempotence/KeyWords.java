package dev.serai.idempotence;

import dev.serai.files.TimeText;
import java.time.Duration;

/**
 * What a route writes as the key: {@code window=1h store=redis <key>}, both words optional.
 *
 * @param window time for which the key stays known after it is done
 * @param store {@code sql} or {@code redis}
 * @param key the rest
 */
record KeyWords(Duration window, String store, String key) {
  private static final String WINDOW = "window=";
  private static final String STORE = "store=";

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException {@code bad-idempotence-key} if there is no key, or a word that
   *     cannot be
   */
  static KeyWords of(String text, Duration usualWindow, String usualStore) {
    Duration window = usualWindow;
    String store = usualStore;
    String rest = text.strip();
    while (rest.startsWith(WINDOW) || rest.startsWith(STORE)) {
      String[] parts = rest.split("\\s+", 2);
      String word = parts[0];
      rest = parts.length == 2 ? parts[1] : "";
      if (word.startsWith(WINDOW)) {
        window =
            TimeText.read(word.substring(WINDOW.length()))
                .filter(time -> !time.isZero())
                .orElseThrow(() -> bad(text, "window is a time such as 10m or 24h"));
      } else {
        store = word.substring(STORE.length());
      }
    }
    if (!store.equals("sql") && !store.equals("redis")) {
      throw bad(text, "store is sql or redis");
    }
    if (rest.isEmpty()) {
      throw bad(text, "the key is empty, so that all messages would be one");
    }
    return new KeyWords(window, store, rest);
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException(
        "bad-idempotence-key: \"%s\": %s; write window=24h store=sql ${header.cloudEvents_id}"
            .formatted(text, why));
  }
}
