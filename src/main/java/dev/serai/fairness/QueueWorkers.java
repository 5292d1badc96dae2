package dev.serai.fairness;

import dev.serai.broker.QueueFigures;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * How many workers a queue has in all processes: its consumers, as the broker counts them. Bean
 * {@code queueWorkers}; thread-safe.
 */
@Component("queueWorkers")
public class QueueWorkers {
  private final QueueFigures figures;

  QueueWorkers(QueueFigures figures) {
    this.figures = figures;
  }

  /**
   * A number that is at most a second old; waits for it, up to two seconds.
   *
   * @return 0 when the queue does not exist or the broker is away
   */
  public long of(String queue) {
    QueueFigures.Figures none = new QueueFigures.Figures(0, 0);
    return figures
        .of(Set.of(queue))
        .thenApply(known -> known.getOrDefault(queue, none).consumers())
        .exceptionally(away -> 0L)
        .join();
  }
}
