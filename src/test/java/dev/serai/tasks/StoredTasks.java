package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.store.TestStore;
import java.time.Duration;

/** All that works on tasks in one store, without the rest of Serai. */
public final class StoredTasks implements AutoCloseable {
  /** Starts of one task whose workers die, after which it is given up. */
  static final int MOST_STARTS = 3;

  /** Attempts after the first. */
  static final int MOST_RETRIES = 2;

  /** One with a character that PostgreSQL does not store as it is. */
  static final JsonNode REQUEST = JsonNodeFactory.instance.objectNode().put("route", "x\u0000");

  private final TestStore store;
  private final Leases leases;
  private final Outcomes outcomes;
  private final RunningTasks running;

  /** Closes that store, too. */
  public StoredTasks(TestStore store) {
    this(store, settings(Duration.ofSeconds(30), Duration.ofSeconds(10)));
  }

  StoredTasks(TestStore store, TaskSettings settings) {
    this.store = store;
    leases = new Leases(store.jdbc(), store.transactions(), settings, store.turns());
    outcomes = new Outcomes(store.jdbc(), store.transactions());
    running = new RunningTasks(leases);
  }

  static TaskSettings settings(Duration lease, Duration renewal) {
    return new TaskSettings(lease, renewal, MOST_STARTS, new TaskSettings.Retry(MOST_RETRIES));
  }

  TestStore store() {
    return store;
  }

  Leases leases() {
    return leases;
  }

  RunningTasks running() {
    return running;
  }

  Claims claims() {
    return new Claims(store.jdbc(), store.transactions(), leases, outcomes);
  }

  Tasks tasks() {
    return new Tasks(claims(), outcomes, running);
  }

  /** Tasks that no worker holds. */
  public RestingTasks resting() {
    return new RestingTasks(outcomes, running);
  }

  /** Tasks that wait in lines. */
  public LinedTasks lined() {
    return new LinedTasks(store.jdbc(), outcomes, running);
  }

  Submissions submissions() {
    return submissions(1_000_000);
  }

  Submissions submissions(int mostWaiting) {
    return new Submissions(
        store.jdbc(), store.transactions(), new WaitingTasks(store.jdbc(), mostWaiting));
  }

  Cancellations cancellations() {
    return new Cancellations(store.jdbc(), store.transactions(), running);
  }

  TaskAnswers answers() {
    return new TaskAnswers(store.jdbc());
  }

  Sweep sweep() {
    return new Sweep(store.jdbc());
  }

  @Override
  public void close() {
    running.destroy();
    store.close();
  }
}
