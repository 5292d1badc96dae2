package dev.serai.streams;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a piece in a task's stream; the id of its event, {@code 2.1.15}.
 *
 * @param attempt of the task, from 1
 * @param call to a provider within the attempt, from 1
 * @param sequence within the call, from 1
 */
record EventId(long attempt, int call, int sequence) {
  /** Before all pieces. */
  static final EventId START = new EventId(0, 0, 0);

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,9})");

  /** Empty when it is none of ours. */
  static Optional<EventId> read(String text) {
    Matcher written = WRITTEN.matcher(text);
    return written.matches()
        ? Optional.of(
            new EventId(
                Long.parseLong(written.group(1)),
                Integer.parseInt(written.group(2)),
                Integer.parseInt(written.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return attempt + "." + call + "." + sequence;
  }
}
