package dev.serai.llm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads a stream of server-sent events as its standard says, and gives the data of each. An event
 * that the stream ends in the middle of is none. Not thread-safe.
 */
final class EventLines {
  private final Consumer<String> events;
  private final int longest;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean first = true;
  private boolean afterReturn;
  private boolean hasData;

  /**
   * Begins a stream.
   *
   * @param longest bytes of one event
   */
  EventLines(int longest, Consumer<String> events) {
    this.longest = longest;
    this.events = events;
  }

  /**
   * Takes the next bytes, wherever they are cut.
   *
   * @throws IllegalStateException if an event is too long
   */
  void read(byte[] bytes) {
    for (byte next : bytes) {
      if (next == '\n' || next == '\r') {
        if (next == '\r' || !afterReturn) {
          end(line.toString(StandardCharsets.UTF_8));
          line.reset();
        }
      } else {
        line.write(next);
        if (line.size() + data.length() > longest) {
          throw new IllegalStateException("an event has more than " + longest + " bytes");
        }
      }
      afterReturn = next == '\r';
    }
  }

  private void end(String text) {
    String whole = first && text.startsWith("\uFEFF") ? text.substring(1) : text;
    first = false;
    if (whole.isEmpty()) {
      dispatch();
      return;
    }
    int colon = whole.indexOf(':');
    String field = colon < 0 ? whole : whole.substring(0, colon);
    String value = colon < 0 ? "" : whole.substring(colon + 1);
    if (field.equals("data")) { // a comment has no name; the others are of no use here
      data.append(hasData ? "\n" : "").append(value.startsWith(" ") ? value.substring(1) : value);
      hasData = true;
    }
  }

  private void dispatch() {
    if (hasData) {
      String event = data.toString();
      data.setLength(0);
      hasData = false;
      events.accept(event);
    }
  }
}
