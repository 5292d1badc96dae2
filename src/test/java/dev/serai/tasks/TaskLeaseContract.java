package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.delivery.PoisonMessageException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may work on a task, on whichever database. */
abstract class TaskLeaseContract extends StoredTasksContract {
  @Test
  void only_one_of_many_workers_begins_a_task() throws Exception {
    List<String> ids = IntStream.range(0, 20).mapToObj(i -> submit()).toList();
    ExecutorService workers = Executors.newFixedThreadPool(4);

    List<Callable<Long>> each =
        IntStream.range(0, 4)
            .<Callable<Long>>mapToObj(
                i ->
                    () ->
                        ids.stream().filter(id -> stored.tasks().begin(id, 0).isPresent()).count())
            .toList();
    long begun = 0;
    for (Future<Long> part : workers.invokeAll(each)) {
      begun += part.get();
    }
    workers.shutdown();

    assertThat(begun).isEqualTo(20);
  }

  @Test
  void a_task_that_is_held_is_not_begun_by_another_until_the_lease_ends() throws Exception {
    String id = submit();
    Claim first = begin(id);

    assertThat(stored.tasks().begin(id, 0)).isEmpty();
    past("lease_until", id);
    Claim second = begin(id);

    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(stored.answers().find(id).attempts())
        .extracting(Task.Attempt::outcome)
        .containsExactly("lost", "running");
  }

  @Test
  void an_outdated_worker_changes_nothing() throws Exception {
    String id = submit();
    Claim outdated = begin(id);
    past("lease_until", id);
    Claim latest = begin(id);

    assertThat(stored.tasks().progress(outdated, 1)).isFalse();
    assertThat(stored.tasks().succeed(outdated, 1)).isEqualTo("lost");
    assertThat(stored.tasks().fail(outdated, new IllegalStateException("x"), "park"))
        .isEqualTo("lost");
    assertThat(renew(outdated)).isEqualTo(Renewal.LOST);

    assertThat(stored.answers().find(id).state()).isEqualTo("running");
    assertThat(stored.answers().find(id).progress()).isNull();
    assertThat(stored.tasks().succeed(latest, 2)).isEqualTo("succeeded");
    assertThat(stored.answers().result(id)).hasToString("2");
  }

  @Test
  void a_renewed_lease_goes_on() {
    String id = submit();
    Claim claim = begin(id);
    past("lease_until", id);

    assertThat(renew(claim)).isEqualTo(Renewal.RENEWED);

    assertThat(stored.tasks().begin(id, 0)).isEmpty();
  }

  @Test
  void a_task_that_begins_to_rest_does_not_get_a_lease_again() throws Exception {
    String id = submit();
    Claim claim = begin(id);
    stored.resting().rest(claim);

    assertThat(renew(claim)).isEqualTo(Renewal.LOST);

    assertThat(stored.resting().note(id, () -> 1)).isTrue();
    assertThat(stored.cancellations().cancel(id)).isEqualTo("cancelled");
  }

  @Test
  void a_worker_is_told_to_stop_and_its_failure_is_the_cancellation() throws Exception {
    String id = submit();
    Claim claim = begin(id);
    Thread worker = Thread.currentThread();
    stored.running().onInterrupt(claim, worker::interrupt);

    String asked = stored.cancellations().cancel(id);

    assertThat(asked).isEqualTo("asked");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stored.running().asked(claim)).hasValue(Stop.CANCELLED);
    assertThat(renew(claim)).isEqualTo(Renewal.CANCELLED);
    assertThat(stored.tasks().fail(claim, new InterruptedException(), "wait"))
        .isEqualTo("cancelled");
    assertThat(stored.answers().find(id).state()).isEqualTo("cancelled");
    assertThat(stored.answers().find(id).attempts().get(0).outcome()).isEqualTo("cancelled");
  }

  @Test
  void a_cancelled_task_whose_worker_died_is_over_when_the_lease_ends() throws Exception {
    String id = submit();
    begin(id);
    stored.cancellations().cancel(id);
    past("lease_until", id);

    assertThat(stored.tasks().begin(id, 0)).isEmpty();

    assertThat(stored.answers().find(id).state()).isEqualTo("cancelled");
    assertThat(stored.answers().find(id).attempts().get(0).outcome()).isEqualTo("lost");
  }

  @Test
  void a_worker_whose_deadline_passes_is_told_to_stop() throws Exception {
    String id = submit();
    Claim claim = begin(id);
    past("deadline", id);

    assertThat(renew(claim)).isEqualTo(Renewal.EXPIRED);
    assertThat(stored.tasks().fail(claim, new InterruptedException(), "wait")).isEqualTo("expired");
    assertThat(stored.answers().find(id).state()).isEqualTo("expired");
  }

  @Test
  void a_task_that_kills_its_workers_is_given_up() throws Exception {
    String id = submit();
    for (int i = 0; i < 3; i++) {
      begin(id);
      past("lease_until", id);
    }

    assertThatThrownBy(() -> stored.tasks().begin(id, 0))
        .isInstanceOf(PoisonMessageException.class);

    assertThat(stored.answers().find(id).state()).isEqualTo("failed");
    assertThat(String.valueOf(stored.answers().find(id).error())).contains("workers-lost");
  }

  @Test
  void a_task_that_was_given_up_has_its_starts_anew_when_it_is_replayed() throws Exception {
    String id = submit();
    for (int i = 0; i < StoredTasks.MOST_STARTS; i++) {
      begin(id);
      past("lease_until", id);
    }
    assertThatThrownBy(() -> stored.tasks().begin(id, 0)).hasMessageContaining("workers-lost");
    stored.sweep().told(id);

    assertThat(stored.tasks().begin(id, 1)).isPresent();
    for (int i = 1; i < StoredTasks.MOST_STARTS; i++) {
      past("lease_until", id);
      assertThat(stored.tasks().begin(id, 0)).isPresent();
    }

    past("lease_until", id);
    assertThatThrownBy(() -> stored.tasks().begin(id, 0)).hasMessageContaining("workers-lost");
  }

  @Test
  void each_of_many_is_renewed_or_told_why_not_in_one_go() throws Exception {
    List<Claim> claims = IntStream.range(0, 1200).mapToObj(i -> begin(submit())).toList();
    stored.cancellations().cancel(claims.get(3).id());
    past("deadline", claims.get(700).id());
    stored.tasks().succeed(claims.get(1199), 1);
    past("lease_until", claims.get(5).id());

    List<Renewal> renewals = stored.leases().renew(claims);

    assertThat(renewals).hasSize(1200);
    assertThat(renewals.get(3)).isEqualTo(Renewal.CANCELLED);
    assertThat(renewals.get(700)).isEqualTo(Renewal.EXPIRED);
    assertThat(renewals.get(1199)).isEqualTo(Renewal.LOST);
    assertThat(renewals.stream().filter(Renewal.RENEWED::equals)).hasSize(1197);
    assertThat(stored.tasks().begin(claims.get(5).id(), 0)).isEmpty();
    assertThat(stored.leases().renew(List.of())).isEmpty();
  }

  @Test
  void a_task_that_somebody_has_locked_keeps_no_other_from_its_renewal() {
    Claim locked = begin(submit());
    Claim free = begin(submit());
    past("lease_until", free.id());

    List<Renewal> renewals =
        renewedBeside(
            jdbc ->
                jdbc.sql("SELECT id FROM task WHERE id = ? FOR UPDATE")
                    .param(locked.id())
                    .query(String.class)
                    .single(),
            locked,
            free);

    assertThat(renewals).containsExactly(Renewal.IN_USE, Renewal.RENEWED);
    assertThat(stored.tasks().begin(free.id(), 0)).isEmpty();
    assertThat(renew(locked)).isEqualTo(Renewal.RENEWED);
  }

  private Renewal renew(Claim claim) {
    return stored.leases().renew(List.of(claim)).get(0);
  }

  @Test
  void a_stream_that_notes_a_piece_does_not_keep_its_task_from_being_renewed() {
    Claim claim = begin(submit());

    List<Renewal> renewals =
        renewedBeside(
            jdbc ->
                jdbc.sql(
                        "INSERT INTO task_piece (task_id, attempt, call_number, sequence,"
                            + " restarted, choices) VALUES (?, 1, 1, 1, FALSE, '[]')")
                    .param(claim.id())
                    .update(),
            claim);

    assertThat(renewals).containsExactly(Renewal.RENEWED);
  }

  /** Renews while the transaction of a statement is open. */
  private List<Renewal> renewedBeside(Consumer<JdbcClient> statement, Claim... claims) {
    return Objects.requireNonNull(
        stored
            .store()
            .transactions()
            .execute(
                status -> {
                  statement.accept(stored.store().jdbc());
                  return CompletableFuture.supplyAsync(() -> stored.leases().renew(List.of(claims)))
                      .orTimeout(30, TimeUnit.SECONDS)
                      .join();
                }));
  }
}
