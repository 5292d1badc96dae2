package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deliveries in the store, on whichever database. */
abstract class DeliveriesContract extends StoredWebhooks {
  @Test
  void an_endpoint_whose_owner_cannot_be_stored_is_not_there() {
    assertThatThrownBy(
            () ->
                endpoints.add(
                    settings(),
                    Secret.generate().text(),
                    id -> {
                      throw new IllegalStateException("no room");
                    }))
        .hasMessage("no room");

    assertThat(endpoints.list(null, 10)).isEmpty();
  }

  @Test
  void an_endpoint_is_read_as_it_was_written() {
    Secret secret = Secret.generate();
    String id = endpoints.add(settings(), secret.text(), added -> {});

    Endpoint read = endpoints.find(id).orElseThrow();

    assertThat(read.settings()).isEqualTo(settings());
    assertThat(read.keys().at(Instant.now())).containsExactly(secret.text());
    assertThat(read.isActive()).isTrue();
    assertThat(read.toString()).doesNotContain(secret.text()).doesNotContain("Bearer");
  }

  @Test
  void each_change_raises_the_number_and_none_that_changes_nothing() {
    long before = endpoints.number();
    String id = add();
    long added = endpoints.number();

    endpoints.remove("x");

    assertThat(added).isGreaterThan(before);
    assertThat(endpoints.number()).isEqualTo(added);
    assertThat(endpoints.remove(id)).isTrue();
    assertThat(endpoints.number()).isGreaterThan(added);
  }

  @Test
  void the_old_secret_signs_until_the_overlap_ends() {
    String id = add();
    String old = endpoints.find(id).orElseThrow().keys().secret();

    endpoints.rotate(id, "whsec_new", Duration.ofHours(1));

    Keys keys = endpoints.find(id).orElseThrow().keys();
    assertThat(keys.at(Instant.now())).containsExactly("whsec_new", old);
    assertThat(keys.at(Instant.now().plusSeconds(3601))).containsExactly("whsec_new");
  }

  @Test
  void what_is_known_is_known_and_what_only_has_the_same_id_is_another_event() {
    Incoming first = event("m1", "a");
    messages.add(List.of(first));

    Messages.Sorted sorted =
        messages.sort(
            List.of(event("m1", "a"), event("m1", "b"), event("m2", "a"), event("m2", "a")));

    assertThat(sorted.known()).extracting(Incoming::id).containsExactly("m1");
    assertThat(sorted.fresh())
        .extracting(Incoming::id)
        .containsExactly("m2", event("m1", "b").renamed().id());
    messages.add(sorted.fresh());
    assertThat(messages.sort(List.of(event("m1", "b"))).fresh()).isEmpty();
  }

  @Test
  void what_is_due_is_taken_once_the_oldest_first_and_with_its_body() {
    String id = add();
    deliver(id, "m1", "m2", "m3");
    assertThat(deliveries.dueEndpoints()).containsExactly(id);

    List<Held> two = claim(id, 2);
    List<Held> one = claim(id, 2);

    assertThat(two).extracting(Held::messageId).containsExactly("m1", "m2");
    assertThat(two.get(0).body()).isEqualTo("m1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(one).extracting(Held::messageId).containsExactly("m3");
    assertThat(claim(id, 2)).isEmpty();
    assertThat(deliveries.dueEndpoints()).isEmpty();
  }

  @Test
  void no_more_is_taken_than_there_is_memory_for_but_one() {
    String id = add();
    deliver(id, "m1", "m2", "m3");

    assertThat(deliveries.claim(new Deliveries.Wish(id, 9, 4, false, LEASE))).hasSize(2);
    assertThat(deliveries.claim(new Deliveries.Wish(id, 9, 0, false, LEASE))).hasSize(1);
  }

  @Test
  void several_processes_take_each_once() throws Exception {
    String id = add();
    deliver(id, IntStream.range(0, 100).mapToObj(i -> "m" + i).toArray(String[]::new));
    ExecutorService processes = Executors.newFixedThreadPool(4);

    List<Held> taken = new ArrayList<>();
    Callable<List<Held>> claim = () -> claim(id, 20);
    for (Future<List<Held>> each : processes.invokeAll(Collections.nCopies(8, claim))) {
      taken.addAll(each.get());
    }
    processes.shutdown();
    taken.addAll(claim(id, 100));

    assertThat(taken).extracting(Held::messageId).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void what_a_process_has_given_back_is_due_again_and_so_is_what_it_held_when_it_died() {
    String id = add();
    deliver(id, "m1", "m2");
    deliveries.giveBack(claim(id, 1), Duration.ZERO);
    assertThat(claim(id, 9)).extracting(Held::messageId).containsExactlyInAnyOrder("m1", "m2");

    passTime(); // the leases end

    assertThat(claim(id, 9)).hasSize(2);
  }

  @Test
  void what_a_process_holds_for_longer_than_its_lease_is_not_taken_by_another() {
    String id = add();
    deliver(id, "m1", "m2");
    Held renewed = claim(id, 1).get(0);
    claim(id, 1);

    assertThat(deliveries.renew(List.of(renewed), LEASE.multipliedBy(3))).containsExactly(renewed);
    pass(LEASE.multipliedBy(2));

    assertThat(claim(id, 9)).extracting(Held::messageId).containsExactly("m2");
  }

  @Test
  void what_is_given_back_too_late_stays_with_whoever_holds_it_now() throws Exception {
    String id = add();
    deliver(id, "m1", "m2");
    List<Held> both = claim(id, 2);
    passTime();
    Held late = both.get(0);
    late.lease().renew(System.nanoTime());
    claim(id, 2); // somebody else

    Stock stock = new Stock(deliveries, PaceTest.SETTINGS, new Leases());
    stock.giveBack(both, Duration.ZERO);
    stock.stop(Duration.ofSeconds(10));

    assertThat(claim(id, 2)).extracting(Held::messageId).doesNotContain(late.messageId());
  }

  @Test
  void who_has_lost_its_lease_cannot_renew_it() {
    String id = add();
    deliver(id, "m1", "m2");
    List<Held> lost = claim(id, 2);
    results.write(List.of(result(lost.get(0), Result.State.DELIVERED, Duration.ZERO)));
    passTime();

    assertThat(deliveries.renew(lost, LEASE)).isEmpty();
    assertThat(claim(id, 9)).extracting(Held::messageId).containsExactly("m2");
  }

  @Test
  void a_result_that_cannot_be_written_for_long_keeps_others_away() {
    String id = add();
    deliver(id, "m1");
    Leases leases = new Leases();
    List<Held> held = leases.add(claim(id, 1), System.nanoTime());
    long sooner = LEASE.dividedBy(2).toNanos();
    held.get(0).lease().renew(held.get(0).lease().end() - sooner);
    pass(LEASE.dividedBy(2));

    Renewals renewals = new Renewals(leases, deliveries, LEASE);
    renewals.renew();
    renewals.stop();
    pass(LEASE.dividedBy(2));

    assertThat(held.get(0).lease().left(System.nanoTime())).isGreaterThan(sooner);
    assertThat(claim(id, 1)).isEmpty();
  }

  @Test
  void what_was_delivered_is_never_taken_again() {
    String id = add();
    deliver(id, "m1");

    results.write(List.of(result(claim(id, 1).get(0), Result.State.DELIVERED, Duration.ZERO)));
    passTime();

    assertThat(state("m1")).startsWith("delivered");
    assertThat(claim(id, 9)).isEmpty();
    assertThat(messages.delivered(List.of(event("m1", "m1")))).containsExactly("m1 " + id);
  }

  @Test
  void what_has_failed_waits_and_after_the_last_attempt_no_more() {
    String id = add();
    deliver(id, "m1");

    results.write(List.of(result(claim(id, 1).get(0), Result.State.PENDING, Duration.ofHours(1))));
    assertThat(state("m1")).isEqualTo("pending 1");
    assertThat(claim(id, 1)).isEmpty();
    passTime();
    results.write(List.of(result(claim(id, 1).get(0), Result.State.FAILED, Duration.ZERO)));

    assertThat(state("m1")).isEqualTo("failed 2");
    assertThat(deliveries.dueEndpoints()).isEmpty();
  }

  @Test
  void who_has_lost_its_lease_does_not_undo_what_another_has_done() {
    String id = add();
    deliver(id, "m1");
    Held lost = claim(id, 1).get(0);
    passTime();
    results.write(List.of(result(claim(id, 1).get(0), Result.State.PENDING, Duration.ofHours(1))));

    results.write(List.of(result(lost, Result.State.FAILED, Duration.ZERO)));
    assertThat(state("m1")).isEqualTo("pending 1");
    results.write(List.of(result(lost, Result.State.DELIVERED, Duration.ZERO)));
    assertThat(state("m1")).startsWith("delivered");
  }

  @Test
  void one_that_fails_for_too_long_is_disabled_and_told_once() {
    String id = add();
    conditions.disableIfFailing(id, Duration.ZERO);
    assertThat(endpoints.find(id).orElseThrow().isActive()).isTrue(); // it does not fail
    conditions.failing(id);
    conditions.disableIfFailing(id, Duration.ofHours(1));
    assertThat(endpoints.find(id).orElseThrow().isActive()).isTrue();

    conditions.disableIfFailing(id, Duration.ZERO);
    conditions.disableIfFailing(id, Duration.ZERO);

    Endpoint disabled = endpoints.find(id).orElseThrow();
    assertThat(disabled.isActive()).isFalse();
    assertThat(disabled.isWaitedFor()).isTrue();
    WebhookEvents events = new WebhookEvents(store.jdbc());
    List<WebhookEvents.Unsent> told = events.due("30s", 10);
    assertThat(told).extracting(WebhookEvents.Unsent::name).containsExactly("disabled");
    assertThat(events.due("30s", 10)).isEmpty();
    assertThat(conditions.toProbe(Duration.ZERO)).containsExactly(id);
    assertThat(conditions.toProbe(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void one_that_is_there_again_gets_at_once_what_waits() {
    String id = add();
    deliver(id, "m1", "m2");
    results.write(List.of(result(claim(id, 1).get(0), Result.State.PENDING, Duration.ofHours(1))));
    conditions.failing(id);
    conditions.disableIfFailing(id, Duration.ZERO);
    assertThat(deliveries.dueEndpoints()).isEmpty();

    conditions.succeeded(id);

    assertThat(endpoints.find(id).orElseThrow().failingSince()).isNull();
    assertThat(claim(id, 9)).hasSize(2);
  }

  @Test
  void what_is_old_is_given_up_and_then_forgotten() {
    String id = add();
    deliver(id, "m1", "m2");
    results.write(List.of(result(claim(id, 1).get(0), Result.State.DELIVERED, Duration.ZERO)));
    WebhookRecords records = new WebhookRecords(store.jdbc());
    assertThat(records.forget("1h", 1)).isFalse();
    assertThat(records.forgetAttempts("1h", 1)).isFalse();
    assertThat(records.giveUp("1h")).isZero();
    store
        .jdbc()
        .sql("UPDATE webhook_message SET stored_at = TIMESTAMP '2020-01-01 00:00:00'")
        .update();
    store.jdbc().sql("UPDATE webhook_attempt SET id = '016f' || SUBSTRING(id, 5)").update();

    assertThat(records.giveUp("1h")).isEqualTo(1);
    assertThat(state("m2")).startsWith("failed");
    assertThat(records.forget("1h", 2)).isTrue();
    assertThat(records.forgetAttempts("1h", 1)).isTrue();
    assertThat(records.forget("1h", 2)).isFalse();
    assertThat(records.forgetAttempts("1h", 1)).isFalse();
  }

  @Test
  void of_thousands_of_old_attempts_none_is_left_and_none_of_a_removed_endpoint() {
    String id = add();
    String removed = add();
    endpoints.remove(removed);
    addAttempts(id, "016f", 2500);
    addAttempts(id, "ffff", 2);
    addAttempts(removed, "ffff", 3);

    WebhookRecords records = new WebhookRecords(store.jdbc());
    int pieces = 1;
    while (records.forgetAttempts("1h", 1000)) {
      pieces++;
    }

    assertThat(pieces).isEqualTo(3);
    assertThat(
            store.jdbc().sql("SELECT endpoint_id FROM webhook_attempt").query(String.class).list())
        .containsExactly(id, id);
  }

  private void addAttempts(String endpointId, String time, int count) {
    store
        .batches()
        .batchUpdate(
            "INSERT INTO webhook_attempt (id, endpoint_id, message_id, took_ms, started_at)"
                + " VALUES (?, ?, 'm', 1, CURRENT_TIMESTAMP)",
            IntStream.range(0, count)
                .mapToObj(
                    n ->
                        new Object[] {"%s0000-0000-7000-8000-%012d".formatted(time, n), endpointId})
                .toList());
  }
}
