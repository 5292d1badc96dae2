package dev.serai.hub;

import io.vertx.core.buffer.Buffer;

/** Writes server-sent events (WHATWG HTML, section 9.2). */
final class EventStream {
  private EventStream() {}

  /** One event; its data is split into lines wherever a client would see the end of one. */
  static Frame frame(Kept kept) {
    Update update = kept.update();
    StringBuilder text = new StringBuilder(update.data().length() + 100);
    text.append("id: ").append(kept.id()).append('\n');
    if (update.type() != null) {
      text.append("event: ").append(update.type()).append('\n');
    }
    if (update.retry() != null) {
      text.append("retry: ").append(update.retry()).append('\n');
    }
    appendData(text, update.data());
    return new Frame(kept, Buffer.buffer(text.append('\n').toString()));
  }

  private static void appendData(StringBuilder text, String data) {
    text.append("data: ");
    for (int i = 0; i < data.length(); i++) {
      char character = data.charAt(i);
      if (character == '\r' && i + 1 < data.length() && data.charAt(i + 1) == '\n') {
        continue; // the line ends with the next one
      }
      if (character == '\n' || character == '\r') {
        text.append("\ndata: ");
      } else {
        text.append(character);
      }
    }
    text.append('\n');
  }

  /** A line that clients skip, of so many bytes, or as few as it can have. */
  static String comment(int bytes) {
    return ":" + " ".repeat(Math.max(0, bytes - 2)) + "\n";
  }

  /**
   * An id without an event.
   *
   * @param ended whether it is an event of its own, without data: browsers need that to keep the
   *     id, others would tell their page of it
   */
  static String prime(String id, boolean ended) {
    return "id: " + id + (ended ? "\n\n" : "\n");
  }

  /** Says why the stream ends, to whoever reads it. */
  static String farewell(String reason) {
    return ": closed: " + reason + "\n";
  }
}
