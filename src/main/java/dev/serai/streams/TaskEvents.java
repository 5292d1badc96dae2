package dev.serai.streams;

import dev.serai.http.LiveAnswer;
import dev.serai.http.ProblemException;
import dev.serai.tasks.TaskAnswers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What happens to a task, as events that a caller follows; bean {@code taskEvents} of {@code GET
 * /tasks/{id}/stream}. Thread-safe.
 *
 * <p>Events (WHATWG HTML, section 9.2): {@code piece} with an id, by which a caller goes on after a
 * break; {@code progress}; and one {@code end} with the whole task.
 */
@Component("taskEvents")
public class TaskEvents {
  private final TaskAnswers tasks;
  private final Followers followers;

  TaskEvents(TaskAnswers tasks, Followers followers) {
    this.tasks = tasks;
    this.followers = followers;
  }

  /** Whether as many callers follow tasks in this process as may. */
  public boolean isFull() {
    return followers.areTooMany();
  }

  /**
   * Follows a task from its beginning, or from where a caller has come to.
   *
   * @param lastEventId of the latest event that the caller has; null or empty: from the beginning
   * @throws ProblemException 404 if there is no such task; {@code bad-event-id} if no stream of
   *     ours has such an id
   */
  public LiveAnswer follow(String id, @Nullable String lastEventId) throws ProblemException {
    tasks.find(id);
    EventId last =
        lastEventId == null || lastEventId.isBlank()
            ? EventId.START
            : EventId.read(lastEventId.strip()).orElseThrow(TaskEvents::badId);
    return caller -> followers.add(new OpenStream(id, last, caller));
  }

  private static ProblemException badId() {
    return new ProblemException(
        400,
        "bad-event-id",
        "Last-Event-ID is the id of an event of this stream, such as 1.1.15.",
        List.of());
  }
}
