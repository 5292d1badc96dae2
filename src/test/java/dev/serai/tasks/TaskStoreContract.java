package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.broker.BrokerUnavailableException;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ProblemException;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in the store, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class TaskStoreContract {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private TestStore store;
  private Claims claims;
  private Outcomes outcomes;
  private Leases leases;
  private Submissions submissions;
  private RunningTasks running;
  private Tasks tasks;
  private Cancellations cancellations;
  private TaskAnswers answers;
  private Sweep sweep;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    leases = new Leases(store.jdbc(), new TaskSettings(LEASE, Duration.ofSeconds(10), 3));
    outcomes = new Outcomes(store.jdbc(), store.transactions());
    claims = new Claims(store.jdbc(), store.transactions(), leases, outcomes);
    submissions = new Submissions(store.jdbc(), store.transactions());
    running = new RunningTasks(leases);
    tasks = new Tasks(claims, outcomes, running);
    cancellations = new Cancellations(store.jdbc(), store.transactions(), running);
    answers = new TaskAnswers(store.jdbc());
    sweep = new Sweep(store.jdbc());
  }

  @AfterEach
  void close_the_database() {
    running.destroy();
    store.close();
  }

  @Test
  void a_task_has_its_fields_from_the_start() throws Exception {
    Instant deadline = Instant.parse("2099-01-02T03:04:05Z");
    String id =
        submissions
            .submit(
                new NewTask("llm", 7, "acme", "https://a.example/b", deadline, "text", "key", null),
                request())
            .id();

    Task task = answers.find(id);

    assertThat(task.id()).isEqualTo(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}");
    assertThat(task.type()).isEqualTo("llm");
    assertThat(task.state()).isEqualTo("queued");
    assertThat(task.priority()).isEqualTo(7);
    assertThat(task.tenant()).isEqualTo("acme");
    assertThat(task.callbackUrl()).isEqualTo("https://a.example/b");
    assertThat(task.deadline()).isEqualTo("2099-01-02T03:04:05Z");
    assertThat(Duration.between(Instant.parse(task.created()), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(task.started()).isNull();
    assertThat(task.attempts()).isEmpty();
  }

  @Test
  void a_task_is_begun_noted_and_ended_with_its_result() throws Exception {
    String id = submit();

    Claim claim = begin(id);
    boolean noted = tasks.progress(claim, List.of(1, 2));
    String state = tasks.succeed(claim, "{\"answer\": 42}");

    assertThat(noted).isTrue();
    assertThat(state).isEqualTo("succeeded");
    Task task = answers.find(id);
    assertThat(task.state()).isEqualTo("succeeded");
    assertThat(task.progress()).hasToString("[1,2]");
    assertThat(answers.result(id)).hasToString("{\"answer\":42}");
    assertThat(task.ended()).isNotNull();
    assertThat(task.attempts()).hasSize(1);
    assertThat(task.attempts().get(0).outcome()).isEqualTo("succeeded");
    assertThat(tasks.begin(id, 0)).isEmpty();
  }

  @Test
  void only_one_of_many_workers_begins_a_task() throws Exception {
    List<String> ids = IntStream.range(0, 20).mapToObj(i -> submit()).toList();
    ExecutorService workers = Executors.newFixedThreadPool(4);

    List<Callable<Long>> each =
        IntStream.range(0, 4)
            .<Callable<Long>>mapToObj(
                i -> () -> ids.stream().filter(id -> tasks.begin(id, 0).isPresent()).count())
            .toList();
    long begun = 0;
    for (Future<Long> part : workers.invokeAll(each)) {
      begun += part.get();
    }
    workers.shutdown();

    assertThat(begun).isEqualTo(20);
  }

  @Test
  void a_failed_attempt_lets_it_wait_and_the_last_ends_it() throws Exception {
    String id = submit();

    String first = tasks.fail(begin(id), new IllegalStateException("busy"), "wait");
    assertThat(first).isEqualTo("queued");
    assertThat(answers.find(id).state()).isEqualTo("queued");

    String last = tasks.fail(begin(id), new IllegalStateException("still\u0000 busy"), "park");

    assertThat(last).isEqualTo("failed");
    Task task = answers.find(id);
    assertThat(task.state()).isEqualTo("failed");
    assertThat(String.valueOf(task.error())).contains("\"attempts-used-up\"", "\"still busy\"");
    assertThat(task.attempts()).extracting(Task.Attempt::number).containsExactly(1L, 2L);
    assertThat(task.attempts())
        .extracting(Task.Attempt::error)
        .containsExactly("busy", "still busy");
    assertThatThrownBy(() -> answers.result(id)).hasMessageContaining("failed");
  }

  @Test
  void what_fails_at_once_says_so() throws Exception {
    String id = submit();

    tasks.fail(begin(id), new PoisonMessageException("no such route"), "park");

    assertThat(String.valueOf(answers.find(id).error())).contains("not-possible", "no such route");
  }

  @Test
  void a_task_that_is_held_is_not_begun_by_another_until_the_lease_ends() throws Exception {
    String id = submit();
    Claim first = begin(id);

    assertThat(tasks.begin(id, 0)).isEmpty();
    endLease(id);
    Claim second = begin(id);

    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(answers.find(id).attempts())
        .extracting(Task.Attempt::outcome)
        .containsExactly("lost", "running");
  }

  @Test
  void an_outdated_worker_changes_nothing() throws Exception {
    String id = submit();
    Claim outdated = begin(id);
    endLease(id);
    Claim latest = begin(id);

    assertThat(tasks.progress(outdated, 1)).isFalse();
    assertThat(tasks.succeed(outdated, 1)).isEqualTo("lost");
    assertThat(tasks.fail(outdated, new IllegalStateException("x"), "park")).isEqualTo("lost");
    assertThat(tasks.release(outdated)).isFalse();
    assertThat(leases.renew(outdated)).hasValue(Stop.LOST);

    assertThat(answers.find(id).state()).isEqualTo("running");
    assertThat(answers.find(id).progress()).isNull();
    assertThat(tasks.succeed(latest, 2)).isEqualTo("succeeded");
    assertThat(answers.result(id)).hasToString("2");
  }

  @Test
  void a_renewed_lease_goes_on() {
    String id = submit();
    Claim claim = begin(id);
    endLease(id);

    assertThat(leases.renew(claim)).isEmpty();

    assertThat(tasks.begin(id, 0)).isEmpty();
  }

  @Test
  void a_released_task_waits_again() throws Exception {
    String id = submit();

    boolean released = tasks.release(begin(id));

    assertThat(released).isTrue();
    assertThat(answers.find(id).state()).isEqualTo("queued");
    assertThat(answers.find(id).attempts().get(0).outcome()).isEqualTo("released");
  }

  @Test
  void a_cancelled_task_never_starts() throws Exception {
    String id = submit();

    String cancelled = cancellations.cancel(id);

    assertThat(cancelled).isEqualTo("cancelled");
    assertThat(answers.find(id).state()).isEqualTo("cancelled");
    assertThat(tasks.begin(id, 0)).isEmpty();
    assertThatThrownBy(() -> cancellations.cancel(id))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("already cancelled");
  }

  @Test
  void a_worker_is_told_to_stop_and_its_failure_is_the_cancellation() throws Exception {
    String id = submit();
    Claim claim = begin(id);
    Thread worker = Thread.currentThread();
    running.onInterrupt(claim, worker::interrupt);

    String asked = cancellations.cancel(id);

    assertThat(asked).isEqualTo("asked");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(running.asked(claim)).hasValue(Stop.CANCELLED);
    assertThat(leases.renew(claim)).hasValue(Stop.CANCELLED);
    assertThat(tasks.fail(claim, new InterruptedException(), "wait")).isEqualTo("cancelled");
    assertThat(answers.find(id).state()).isEqualTo("cancelled");
    assertThat(answers.find(id).attempts().get(0).outcome()).isEqualTo("cancelled");
  }

  @Test
  void a_cancelled_task_whose_worker_died_is_over_when_the_lease_ends() throws Exception {
    String id = submit();
    begin(id);
    cancellations.cancel(id);
    endLease(id);

    assertThat(tasks.begin(id, 0)).isEmpty();

    assertThat(answers.find(id).state()).isEqualTo("cancelled");
    assertThat(answers.find(id).attempts().get(0).outcome()).isEqualTo("lost");
  }

  @Test
  void an_unknown_task_is_neither_begun_nor_cancelled_nor_answered() {
    assertThat(tasks.begin("0190-none", 0)).isEmpty();
    assertThatThrownBy(() -> cancellations.cancel("0190-none")).hasMessageContaining("no task");
    assertThatThrownBy(() -> answers.find("0190-none")).hasMessageContaining("no task");
  }

  @Test
  void a_task_whose_deadline_has_passed_never_starts() throws Exception {
    String begun = submit();
    String swept = submit();
    pass(begun);
    pass(swept);

    assertThat(tasks.begin(begun, 0)).isEmpty();
    assertThat(answers.find(begun).state()).isEqualTo("expired");
    assertThat(sweep.expire()).isEqualTo(1);
    assertThat(answers.find(swept).state()).isEqualTo("expired");
    assertThat(String.valueOf(answers.find(swept).error())).contains("deadline");
  }

  @Test
  void a_worker_whose_deadline_passes_is_told_to_stop() throws Exception {
    String id = submit();
    Claim claim = begin(id);
    pass(id);

    assertThat(leases.renew(claim)).hasValue(Stop.EXPIRED);
    assertThat(tasks.fail(claim, new InterruptedException(), "wait")).isEqualTo("expired");
    assertThat(answers.find(id).state()).isEqualTo("expired");
  }

  @Test
  void a_task_that_kills_its_workers_is_given_up() throws Exception {
    String id = submit();
    for (int i = 0; i < 3; i++) {
      begin(id);
      endLease(id);
    }

    assertThatThrownBy(() -> tasks.begin(id, 0)).isInstanceOf(PoisonMessageException.class);

    assertThat(answers.find(id).state()).isEqualTo("failed");
    assertThat(String.valueOf(answers.find(id).error())).contains("workers-lost");
  }

  @Test
  void a_failed_task_is_parked_as_long_as_nobody_was_told_and_begins_again_once_for_each_replay() {
    String id = submit();
    tasks.fail(begin(id), new IllegalStateException("x"), "park");
    assertThatThrownBy(() -> tasks.begin(id, 0)).isInstanceOf(PoisonMessageException.class);

    sweep.told(id);

    assertThat(tasks.begin(id, 0)).isEmpty();
    Optional<Claim> replayed = tasks.begin(id, 1);
    assertThat(replayed).isPresent();
    tasks.fail(replayed.orElseThrow(), new IllegalStateException("x"), "park");
    sweep.told(id);
    assertThat(tasks.begin(id, 1)).isEmpty();
    assertThat(tasks.begin(id, 2)).isPresent();
  }

  @Test
  void a_repeated_key_is_the_same_task_another_request_is_refused() {
    Submission first = submit("a", "key", 1);
    Submission unfinished = submit("a", "key", 1);
    submissions.confirm(first.id());

    assertThat(unfinished).isEqualTo(new Submission("unfinished", first.id()));
    assertThat(submit("a", "key", 1)).isEqualTo(new Submission("same", first.id()));
    assertThat(submit("a", "key", 2).outcome()).isEqualTo("different");
    assertThat(submit("b", "key", 2).outcome()).isEqualTo("new");
    assertThat(submit("a", null, 1).outcome()).isEqualTo("new");
    assertThat(submit("a", null, 1).outcome()).isEqualTo("new");
  }

  @Test
  void a_task_that_was_not_confirmed_is_gone_unless_its_message_has_arrived() throws Exception {
    String refused = submit();
    String arrived = submit();
    begin(arrived);

    assertThatThrownBy(() -> submissions.withdraw(failed(), refused))
        .isInstanceOf(BrokerUnavailableException.class);
    submissions.withdraw(failed(), arrived);

    assertThatThrownBy(() -> answers.find(refused)).isInstanceOf(ProblemException.class);
    assertThat(answers.find(arrived).state()).isEqualTo("running");
  }

  @Test
  void what_nobody_takes_care_of_is_found_once() {
    String unconfirmed = submit();
    String lost = submit();
    String waiting = submit();
    String held = submit();
    submissions.confirm(waiting);
    begin(lost);
    begin(held);
    endLease(lost);

    assertThat(sweep.orphans("1m", 10)).isEmpty();
    List.of(unconfirmed, lost, waiting, held).forEach(this::publishedLongAgo);

    assertThat(sweep.orphans("1m", 10)).containsExactly(unconfirmed, lost);
    assertThat(sweep.orphans("1m", 10)).isEmpty();
  }

  @Test
  void an_end_that_nobody_was_told_of_is_found_until_it_is() throws Exception {
    String id = submit();
    String other = submit();
    cancellations.cancel(id);
    submissions.confirm(other);

    assertThat(sweep.untold("1m", 10)).isEmpty();
    past("ended_at", id);
    assertThat(sweep.untold("1m", 10)).containsExactly(id);
    sweep.told(other); // it is not over
    sweep.told(id);

    assertThat(sweep.untold("1m", 10)).isEmpty();
    cancellations.cancel(other);
    past("ended_at", other);
    assertThat(sweep.untold("1m", 10)).containsExactly(other);
  }

  @Test
  void what_ended_long_ago_is_forgotten() throws Exception {
    String old = submit();
    String untold = submit();
    begin(old);
    cancellations.cancel(untold);
    tasks.succeed(begin(submit()), 1);
    store.jdbc().sql("UPDATE task SET state = 'succeeded' WHERE id = ?").param(old).update();
    store
        .jdbc()
        .sql("UPDATE task SET ended_at = TIMESTAMP '2020-01-01 00:00:00' WHERE id IN (?, ?)")
        .param(old)
        .param(untold)
        .update();
    sweep.told(old);

    assertThat(sweep.forget("7d")).isEqualTo(1);
    assertThatThrownBy(() -> answers.find(old)).isInstanceOf(ProblemException.class);
    assertThat(answers.find(untold).state()).isEqualTo("cancelled");
  }

  @Test
  void pages_go_on_where_the_last_one_ended() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> submit()).toList();
    begin(ids.get(4));

    TaskPage first = answers.list(new TaskQuery(null, null, 3, null));
    TaskPage second = answers.list(new TaskQuery(null, null, 3, first.next()));

    assertThat(first.items())
        .extracting(Task::id)
        .containsExactly(ids.get(4), ids.get(3), ids.get(2));
    assertThat(first.items().get(0).attempts()).hasSize(1);
    assertThat(second.items()).extracting(Task::id).containsExactly(ids.get(1), ids.get(0));
    assertThat(second.next()).isNull();
    assertThat(answers.list(new TaskQuery("running", "background", 3, null)).items()).hasSize(1);
    assertThat(answers.list(new TaskQuery(null, "llm", 3, null)).items()).isEmpty();
  }

  private String submit() {
    return submit("", null, 0).id();
  }

  private Submission submit(String tenant, @Nullable String key, int priority) {
    return submissions.submit(
        new NewTask("background", priority, tenant, null, null, null, key, null), request());
  }

  private static com.fasterxml.jackson.databind.JsonNode request() {
    return JsonNodeFactory.instance.objectNode().put("route", "x\u0000");
  }

  private Claim begin(String id) {
    return tasks.begin(id, 0).orElseThrow();
  }

  private void endLease(String id) {
    past("lease_until", id);
  }

  private void pass(String id) {
    past("deadline", id);
  }

  private void publishedLongAgo(String id) {
    past("published_at", id);
  }

  private void past(String column, String id) {
    store
        .jdbc()
        .sql("UPDATE task SET " + column + " = TIMESTAMP '2020-01-01 00:00:00' WHERE id = ?")
        .param(id)
        .update();
  }

  private static Exchange failed() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BrokerUnavailableException("away"));
    return exchange;
  }
}
