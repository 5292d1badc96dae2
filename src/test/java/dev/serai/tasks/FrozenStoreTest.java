package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.store.TestStore;
import dev.serai.support.StallingProxy;
import dev.serai.support.TestPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A PostgreSQL that goes silent while its connections stay open, as after a failover. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read has no interrupt
@SuppressWarnings("NullAway.Init") // opened before each test
class FrozenStoreTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration RENEWAL = Duration.ofMillis(200);

  private StallingProxy proxy;
  private TestStore store;

  @BeforeEach
  void open_the_database(@TempDir Path data) throws Exception {
    URI database = URI.create(TestPostgres.emptyDatabase());
    proxy = new StallingProxy(database.getPort());
    store =
        TestStore.open(
            data,
            database.toString().replace(":" + database.getPort(), ":" + proxy.port()),
            "--serai.db.answer-timeout=1s",
            "--serai.db.connect-timeout=1s");
  }

  @AfterEach
  void close_the_database() throws Exception {
    proxy.close();
    store.close();
  }

  @Test
  void a_statement_without_an_answer_is_given_up() {
    proxy.stall();

    assertThatThrownBy(() -> store.jdbc().sql("SELECT 1").query(Integer.class).single())
        .isInstanceOfAny(DataAccessException.class, TransactionException.class);
  }

  @Test
  void workers_whose_leases_end_meanwhile_are_stopped_although_one_cannot_be_interrupted() {
    StoredTasks stored = stored(Duration.ofSeconds(3));
    List<Claim> claims = begin(stored, 5);
    CountDownLatch hanging = new CountDownLatch(1);
    stored.running().onInterrupt(claims.get(0), () -> awaitQuietly(hanging));

    proxy.stall();

    await()
        .atMost(LONG)
        .until(() -> claims.stream().allMatch(c -> stored.running().asked(c).isPresent()));
    assertThat(claims).allMatch(c -> stored.running().asked(c).orElseThrow() == Stop.LOST);
    hanging.countDown();
    stored.running().destroy();
  }

  @Test
  void workers_keep_their_tasks_when_it_answers_again_before_their_leases_end() {
    StoredTasks stored = stored(LONG);
    List<Claim> claims = begin(stored, 5);
    Object before = leases();

    proxy.stall();
    assertThatThrownBy(() -> stored.leases().renew(claims)).isInstanceOf(RuntimeException.class);
    proxy.breakConnections(); // those that hang; nobody else could tell them from idle ones
    proxy.resume();

    await().atMost(LONG).ignoreExceptions().until(() -> !leases().equals(before));
    assertThat(claims).allMatch(c -> stored.running().asked(c).isEmpty());
    stored.running().destroy();
  }

  @Test
  void a_worker_that_is_paid_goes_on_when_its_lease_ends_meanwhile() {
    StoredTasks stored = stored(Duration.ofSeconds(3));
    Claim paid = begin(stored, "llm");
    Claim other = begin(stored, "background");

    proxy.stall();

    await().atMost(LONG).until(() -> stored.running().asked(other).isPresent());
    assertThat(stored.running().asked(paid)).isEmpty();
    stored.running().destroy();
  }

  @Test
  void a_task_is_not_taken_from_a_worker_that_had_no_time_since_to_renew_its_lease() {
    StoredTasks cutOff = stored(LONG);
    Claim claim = begin(cutOff, "llm");
    cutOff.running().destroy();
    StoredTasks others = stored(LONG);

    proxy.stall();
    assertThatThrownBy(() -> others.leases().renew(List.of())).isInstanceOf(Exception.class);
    proxy.breakConnections();
    proxy.resume();
    await().atMost(LONG).ignoreExceptions().until(() -> others.leases().renew(List.of()).isEmpty());
    store.jdbc().sql("UPDATE task SET lease_until = TIMESTAMP '2020-01-01 00:00:00'").update();

    assertThat(others.tasks().begin(claim.id(), 0)).isEmpty();
    assertThat(cutOff.leases().renew(List.of(claim))).containsExactly(Renewal.RENEWED);
    assertThat(cutOff.tasks().succeed(claim, 1)).isEqualTo("succeeded");
  }

  private StoredTasks stored(Duration lease) {
    return new StoredTasks(store, StoredTasks.settings(lease, RENEWAL));
  }

  private static List<Claim> begin(StoredTasks stored, int tasks) {
    return IntStream.range(0, tasks).mapToObj(i -> begin(stored, "background")).toList();
  }

  private static Claim begin(StoredTasks stored, String type) {
    NewTask task = new NewTask(type, 0, "", null, null, null, null, null);
    String id = stored.submissions().submit(task, StoredTasks.REQUEST).id();
    return stored.tasks().begin(id, 0).orElseThrow();
  }

  private Object leases() {
    return store.jdbc().sql("SELECT MAX(lease_until) FROM task").query().singleValue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
