package dev.serai.llm;

import dev.serai.tasks.Claim;
import dev.serai.tasks.Lined;
import dev.serai.tasks.LinedTasks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    lined.join(task, name(work), budget.tokens(work));
  }

  /**
   * Tasks that providers have a budget for now, the most urgent first, and of these who has waited
   * longest. Nobody overtakes another in its line, so that one that needs much has its turn, too.
   * They are in the queue from now on; whoever asks has to publish them.
   *
   * @param most of each line that are in the queue at once, so that few have gone there in vain
   *     when a provider does not take as many as it seemed
   */
  public List<String> next(int most) {
    Rooms rooms = budget.rooms();
    List<Lined> first = new ArrayList<>();
    for (String line : lined.lines()) {
      List<Lined> called = lined.called(line);
      called.forEach(task -> hasRoom(task, rooms));
      first.addAll(lined.first(line, Math.max(0, most - called.size())));
    }
    first.sort(Lined.TURNS);
    Set<String> full = new HashSet<>();
    List<String> next = new ArrayList<>();
    for (Lined task : first) {
      if (full.contains(task.line()) || !hasRoom(task, rooms)) {
        full.add(task.line());
      } else if (lined.call(task.id())) {
        next.add(task.id());
      }
    }
    return next;
  }

  private static boolean hasRoom(Lined task, Rooms rooms) {
    return rooms.promise(List.of(task.line().split(",")), task.tokens());
  }

  private static String name(LlmWork work) {
    return String.join(",", work.left());
  }
}
