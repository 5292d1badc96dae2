package dev.serai.llm;

import dev.serai.tasks.Claim;
import dev.serai.tasks.LinedTasks;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * LLM tasks that wait until a provider has a budget for them, without a worker; all that the same
 * providers may answer wait in one line. Bean {@code budgetLine}; thread-safe.
 */
@Component("budgetLine")
public class BudgetLine {
  private final LinedTasks lined;
  private final LlmBudget budget;

  BudgetLine(LinedTasks lined, LlmBudget budget) {
    this.lined = lined;
    this.budget = budget;
  }

  /** Whether others wait for the providers of a task that has not waited for them yet. */
  public boolean isBefore(Claim task, LlmWork work) {
    return lined.isOther(task, name(work));
  }

  /**
   * Lets a task wait until {@link #next} finds it; its worker is free.
   *
   * @throws dev.serai.tasks.TaskStoppedException if it has to stop, or is not this worker's any
   *     more
   */
  public void join(Claim task, LlmWork work) {
    lined.join(task, name(work));
  }

  /**
   * Tasks that providers have a budget for now: of each line the most urgent, and of these who has
   * waited longest. They are in the queue from now on; whoever asks has to publish them.
   *
   * @param most of each line that are in the queue at once, so that few have gone there in vain
   *     when a provider does not take as many as it seemed
   */
  public List<String> next(int most) {
    List<String> next = new ArrayList<>();
    for (String line : lined.lines()) {
      int free = budget.free(List.of(line.split(",")), most) - lined.called(line);
      if (free > 0) {
        next.addAll(lined.call(line, free));
      }
    }
    return next;
  }

  private static String name(LlmWork work) {
    return String.join(",", work.left());
  }
}
