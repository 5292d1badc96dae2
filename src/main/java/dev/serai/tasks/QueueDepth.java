package dev.serai.tasks;

import dev.serai.broker.QueueFigures;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How many messages wait in a queue, as the broker says. Bean {@code queueDepth}; thread-safe. */
@Component("queueDepth")
public class QueueDepth {
  private final QueueFigures figures;

  QueueDepth(QueueFigures figures) {
    this.figures = figures;
  }

  /**
   * A number that is at most a second old, without the messages that workers have; waits for it, up
   * to two seconds.
   *
   * @return -1 when the queue does not exist or the broker is away
   */
  public long of(String queue) {
    QueueFigures.Figures unknown = new QueueFigures.Figures(-1, 0);
    return figures
        .of(Set.of(queue))
        .thenApply(known -> known.getOrDefault(queue, unknown).messages())
        .exceptionally(away -> -1L)
        .join();
  }
}
