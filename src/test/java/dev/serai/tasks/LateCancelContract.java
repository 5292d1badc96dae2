package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task that is cancelled while its worker says that it has failed, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class LateCancelContract {
  private TestStore store;
  private Submissions submissions;
  private Tasks tasks;
  private RunningTasks running;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    Leases leases =
        new Leases(
            store.jdbc(), new TaskSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), 3));
    Outcomes outcomes = spy(new Outcomes(store.jdbc(), store.transactions()));
    submissions = new Submissions(store.jdbc(), store.transactions());
    running = new RunningTasks(leases);
    Cancellations cancellations = new Cancellations(store.jdbc(), store.transactions(), running);
    doAnswer(
            call -> { // after it was looked at whether somebody has cancelled the task
              cancellations.cancel(call.getArgument(0, Claim.class).id());
              return call.callRealMethod();
            })
        .when(outcomes)
        .expire(any());
    tasks =
        new Tasks(
            new Claims(store.jdbc(), store.transactions(), leases, outcomes), outcomes, running);
  }

  @AfterEach
  void close_the_database() {
    running.destroy();
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"wait", "park"})
  void it_is_cancelled_whether_or_not_there_would_be_another_attempt(String next) throws Exception {
    NewTask task = new NewTask("llm", 0, "", null, null, null, null, null);
    String id = submissions.submit(task, JsonNodeFactory.instance.objectNode()).id();
    Claim claim = tasks.begin(id, 0).orElseThrow();

    String state = tasks.fail(claim, new IllegalStateException("busy"), next);

    assertThat(state).isEqualTo("cancelled");
    Task ended = new TaskAnswers(store.jdbc()).find(id);
    assertThat(ended.state()).isEqualTo("cancelled");
    assertThat(ended.attempts().get(0).outcome()).isEqualTo("cancelled");
  }
}
