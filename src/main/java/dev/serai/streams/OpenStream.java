package dev.serai.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.http.LiveAnswer.Caller;
import dev.serai.streams.TaskPieces.Piece;
import dev.serai.tasks.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One caller who follows a task. Used by one thread at a time. */
final class OpenStream {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String task;
  private final Caller caller;
  private EventId last;
  private @Nullable String progress;
  private long quietSince = System.nanoTime();

  /**
   * Begins after a piece.
   *
   * @param last what the caller has already
   */
  OpenStream(String task, EventId last, Caller caller) {
    this.task = task;
    this.last = last;
    this.caller = caller;
  }

  String task() {
    return task;
  }

  EventId last() {
    return last;
  }

  boolean isGone() {
    return caller.isGone();
  }

  boolean isReady() {
    return caller.isReady();
  }

  /** Tells pieces, the progress when it is another, and at the end the whole task. */
  void tell(List<Piece> pieces, Task now, boolean atEnd) {
    for (Piece piece : pieces) {
      EventId id = piece.id();
      boolean restarted = piece.restarted() || last.attempt() > 0 && id.attempt() != last.attempt();
      send(
          "piece",
          id.toString(),
          "{\"attempt\":%d,\"restarted\":%b,\"choices\":%s}"
              .formatted(id.attempt(), restarted, piece.choices()));
      last = id;
    }
    String noted = now.progress() == null ? null : now.progress().toString();
    if (noted != null && !noted.equals(progress)) {
      progress = noted;
      send("progress", null, noted);
    }
    if (atEnd) {
      send("end", null, json(now));
      caller.end();
    }
  }

  void end() {
    caller.end();
  }

  /** Lets proxies and the caller know that somebody is there, when nothing was sent for long. */
  void keepAlive(long quietNanos) {
    if (System.nanoTime() - quietSince > quietNanos) {
      caller.send(":\n\n");
      quietSince = System.nanoTime();
    }
  }

  private static String json(Task task) {
    try {
      return JSON.writeValueAsString(task);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(String event, @Nullable String id, String data) {
    caller.send(
        (id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: " + data + "\n\n");
    quietSince = System.nanoTime();
  }
}
