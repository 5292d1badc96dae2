package dev.serai.ordering;

import dev.serai.broker.OutgoingMessage;
import java.util.Arrays;
import java.util.Map;

/**
 * Messages that are done or parked, of late. A publisher whose channel was closed sends all again
 * that was not confirmed, marked: of what the broker had already, the second copy would come after
 * later messages of its key. Thread-safe.
 */
final class Ended {
  private final Map<String, Boolean> newest;

  Ended(int most) {
    newest = new Newest<>(most);
  }

  /** Notes one. */
  void add(Letter letter) {
    String name = name(letter);
    synchronized (newest) {
      newest.put(name, true);
    }
  }

  /** Whether a message is the marked copy of one of these, and nobody has sent it back. */
  boolean isRepeated(Held message, Letter letter) {
    if (message.kept().isReplay()
        || !Boolean.TRUE.equals(letter.headers().get(OutgoingMessage.AGAIN))) {
      return false;
    }
    String name = name(letter);
    synchronized (newest) {
      return newest.containsKey(name);
    }
  }

  /** Who gives several messages one id must not lose them by that. */
  private static String name(Letter letter) {
    return letter.properties().getMessageId() + " " + Arrays.hashCode(letter.body());
  }
}
