package dev.serai.llm;

import dev.serai.files.TimeText;
import dev.serai.tasks.Claim;
import dev.serai.tasks.RunningTasks;
import dev.serai.tasks.TaskStoppedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds out whether a provider works; which checks are made is said in a route. Bean {@code
 * verification}; thread-safe.
 *
 * <p>The breaker is neither asked nor told: it may be why somebody looks.
 */
@Component("verification")
public class Verification {
  private final Providers providers;
  private final LlmBudget budget;
  private final LlmCalls calls;
  private final RunningTasks running;
  private final HttpAsking http;
  private final Asking simulated;

  Verification(Providers providers, LlmBudget budget, LlmCalls calls, RunningTasks running) {
    this.providers = providers;
    this.budget = budget;
    this.calls = calls;
    this.running = running;
    this.http = new HttpAsking(providers::login);
    this.simulated = new Simulated(providers.settings().simulated().delay());
  }

  /**
   * Asks for the list of models, and looks for those that are configured.
   *
   * @param longest wait for the list, such as {@code 30s}
   * @throws TaskStoppedException if the task has to stop
   */
  public VerifiedModels models(Claim task, LlmWork work, String longest) {
    Provider provider = provider(work);
    if (provider.name().equals(Simulated.NAME)) {
      return VerifiedModels.of(provider.models(), provider.models(), Duration.ZERO);
    }
    ModelList list = new ModelList();
    running.onInterrupt(task, list::stop);
    long begun = System.nanoTime();
    try {
      list.ask(provider, http);
      List<String> listed = list.await(time(longest));
      return VerifiedModels.of(provider.models(), listed, since(begun));
    } catch (ProviderFailure e) {
      return VerifiedModels.failed(String.valueOf(e.getMessage()), since(begun));
    } catch (CancellationException e) {
      throw new TaskStoppedException();
    }
  }

  /**
   * Waits for the budget of one call.
   *
   * @param longest wait, such as {@code 30s}
   * @return null when there was none for so long
   * @throws TaskStoppedException if the task has to stop
   */
  public @Nullable Reservation reserve(Claim task, LlmWork work, String longest) {
    long begun = System.nanoTime();
    Provider provider = provider(work);
    long tokens = ChatBody.tokens(ChatBody.of(work), providers.settings().expectedTokens());
    while (true) {
      Reservation reserved = budget.budgets().reserve(provider, tokens).orElse(null);
      if (reserved != null || since(begun).compareTo(time(longest)) >= 0) {
        return reserved;
      }
      calls.pause(task);
    }
  }

  /**
   * Asks the question.
   *
   * @param longest wait for the answer, such as {@code 30s}
   */
  public VerifiedCall ask(Claim task, LlmWork work, Reservation reservation, String longest) {
    Provider provider = provider(work);
    Question question = new Question(ChatBody.of(work), choices -> {});
    running.onInterrupt(task, question::stop);
    long begun = System.nanoTime();
    (provider.name().equals(Simulated.NAME) ? simulated : http).ask(provider, question);
    Provider.Timeouts timeouts = provider.timeouts();
    Duration total = time(longest);
    Throwable failure =
        new Patience(
                new Provider.Timeouts(timeouts.connect(), total, total), // whatever it takes
                budget.budgets())
            .await(question, reservation);
    return new VerifiedCall(new Ending(provider, question).of(failure), since(begun).toMillis());
  }

  /**
   * Puts together what was found out.
   *
   * @param trial null when the provider had no budget for it
   */
  public VerificationReport report(
      Claim task, LlmWork work, VerifiedModels models, @Nullable VerifiedCall trial) {
    return VerificationReport.of(task.id(), work, models, trial);
  }

  private Provider provider(LlmWork work) {
    return providers.named(work.left().get(0)).orElseThrow();
  }

  private static Duration time(String text) {
    return TimeText.read(text).orElseThrow();
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
