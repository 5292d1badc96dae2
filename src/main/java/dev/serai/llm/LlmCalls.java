package dev.serai.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.tasks.Claim;
import dev.serai.tasks.RunningTasks;
import dev.serai.tasks.TaskStoppedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Asks providers for tasks, and waits until they may be asked. Bean {@code llmCalls}; thread-safe.
 *
 * <p>The worker's thread waits for the answer. A task that has to stop closes the connection.
 */
@Component("llmCalls")
public class LlmCalls {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  private final Providers providers;
  private final LlmBudget budget;
  private final RunningTasks running;
  private final List<ChunkSink> sinks;
  private final Asking http;
  private final Asking simulated;

  LlmCalls(
      Providers providers,
      LlmBudget budget,
      RunningTasks running,
      ObjectProvider<ChunkSink> sinks) {
    this.providers = providers;
    this.budget = budget;
    this.running = running;
    this.sinks = sinks.orderedStream().toList();
    this.http = new HttpAsking(providers::login);
    this.simulated = new Simulated(providers.settings().simulated().delay());
  }

  /**
   * Asks a provider, and waits for what comes of it; passes the pieces of a streamed answer on.
   *
   * @param reservation of its budget, which is held until it is settled
   */
  public LlmCall call(Claim task, LlmWork work, Reservation reservation) {
    Provider provider = providers.named(reservation.provider()).orElseThrow();
    ObjectNode body = ChatBody.of(work);
    Pieces pieces = new Pieces(task, work, sinks);
    Question question = new Question(body, pieces::take);
    running.onInterrupt(task, question::stop);
    long begun = System.nanoTime();
    (provider.name().equals(Simulated.NAME) ? simulated : http).ask(provider, question);
    Throwable failure =
        new Patience(provider.timeouts(), budget.budgets()).await(question, reservation);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    tell(provider.name(), failure, took);
    return new Ending(provider, question).of(failure);
  }

  private void tell(String provider, @Nullable Throwable failure, Duration took) {
    if (failure == null) {
      budget.breakers().succeeded(provider, took);
    } else if (failure instanceof ProviderFailure f && f.kind() == ProviderFailure.Kind.FAILED) {
      budget.breakers().failed(provider, took, failure);
    } else {
      budget.breakers().forget(provider);
    }
  }

  /**
   * Waits a little, because no provider may be asked now.
   *
   * @throws TaskStoppedException if the task has to stop
   */
  public void pause(Claim task) {
    Duration left = providers.settings().waits().pause();
    while (left.toMillis() > 0) {
      if (running.asked(task).isPresent()) {
        throw new TaskStoppedException();
      }
      Duration next = left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE;
      try {
        TimeUnit.NANOSECONDS.sleep(next.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskStoppedException();
      }
      left = left.minus(next);
    }
  }

  /**
   * Ends the work on a task that has to stop.
   *
   * @throws TaskStoppedException always
   */
  public void stop() {
    throw new TaskStoppedException();
  }
}
