package dev.serai.tasks;

/**
 * The work on a task was interrupted, because the task has to stop.
 *
 * <p>Not an {@link InterruptedException}: Camel gives that to no policy.
 */
public class TaskStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a cause, which could be one. */
  public TaskStoppedException() {
    super("interrupted");
  }
}
