package dev.serai.tasks;

import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Tasks that wait for others in the middle of their work, without a worker: no thread and no lease
 * holds them, so that they survive every process. They are {@code running} meanwhile; whoever
 * cancels one need not wait. Bean {@code restingTasks}; thread-safe.
 */
@Component("restingTasks")
public class RestingTasks {
  private final Outcomes outcomes;
  private final RunningTasks running;

  RestingTasks(Outcomes outcomes, RunningTasks running) {
    this.outcomes = outcomes;
    this.running = running;
  }

  /**
   * Lets a task rest; its message, published again, wakes it, and its worker has the next token.
   *
   * @throws TaskStoppedException if it has to stop, or is not this worker's any more
   */
  public void rest(Claim claim) {
    if (!outcomes.rest(claim)) {
      throw new TaskStoppedException();
    }
    running.leave(claim);
  }

  /**
   * Notes how far a task is.
   *
   * @param value looks how far, while nobody else may note that; anything that can be JSON, and
   *     replaces what was noted before
   * @return whether it rests: otherwise whoever lets it rest notes that
   */
  public boolean note(String id, Supplier<?> value) {
    return outcomes.progress(id, () -> TaskJson.write(value.get()));
  }
}
