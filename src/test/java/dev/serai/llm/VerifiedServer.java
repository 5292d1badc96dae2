package dev.serai.llm;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.store.TestStore;
import dev.serai.tasks.Claim;
import dev.serai.tasks.RunningTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** A provider {@code p}, and what verifies it. */
@SuppressWarnings("NullAway.Init") // the budget is that of the latest verification
final class VerifiedServer implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ChatServer server = ChatServer.start();
  private final RunningTasks running = mock(RunningTasks.class);
  private final Claim task =
      new Claim(
          "t1", "verification", 1, 0, "", null, JsonNodeFactory.instance.objectNode(), null, false);
  private final TestStore store;
  private LlmBudget budget;

  /** Nothing has to stop. */
  VerifiedServer(Path data) {
    store = TestStore.onH2(data);
    when(running.asked(any())).thenReturn(Optional.empty());
  }

  ChatServer server() {
    return server;
  }

  RunningTasks running() {
    return running;
  }

  Claim task() {
    return task;
  }

  Breakers breakers() {
    return budget.breakers();
  }

  /** With a limit; 0 is none. */
  Provider provider(int requestsPerMinute) {
    Provider.Limits limits = new Provider.Limits(requestsPerMinute, 0, 0);
    return TestProviders.with("p", server.url(), limits, LONG, LONG);
  }

  Verification verification(Provider... provider) {
    Providers providers = TestProviders.of(provider);
    budget = new LlmBudget(providers, store.jdbc(), store.transactions(), store.turns());
    StaticListableBeanFactory none = new StaticListableBeanFactory();
    LlmCalls calls =
        new LlmCalls(providers, budget, running, none.getBeanProvider(ChunkSink.class));
    return new Verification(providers, budget, calls, running);
  }

  /** What a provider is asked. */
  LlmWork work(String provider) {
    return new VerificationRequest(TestProviders.of(provider(0)))
        .begin(JsonNodeFactory.instance.objectNode().put("provider", provider), "hi", 16);
  }

  VerificationReport verify(Provider provider) {
    return verify(provider, "20s");
  }

  VerificationReport verify(Provider provider, String longest) {
    return verify(verification(provider), longest);
  }

  /** As the route does it. */
  VerificationReport verify(Verification verification, String longest) {
    LlmWork work = work("p");
    VerifiedModels listed = verification.models(task, work, longest);
    Reservation reserved = verification.reserve(task, work, longest);
    VerifiedCall trial = null;
    if (reserved != null) {
      trial = verification.ask(task, work, reserved, longest);
      budget.settle(reserved, trial.call());
    }
    return verification.report(task, work, listed, trial);
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
