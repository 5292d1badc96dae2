package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.broker.BrokerUnavailableException;
import dev.serai.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks in the store, from their request to what callers are shown, on whichever database. */
abstract class TaskStoreContract extends StoredTasksContract {
  @Test
  void a_task_has_its_fields_from_the_start() throws Exception {
    Instant deadline = Instant.parse("2099-01-02T03:04:05Z");
    String id =
        stored
            .submissions()
            .submit(
                new NewTask("llm", 7, "acme", "https://a.example/b", deadline, "text", "key", null),
                StoredTasks.REQUEST)
            .id();

    Task task = stored.answers().find(id);

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
  void a_repeated_key_is_the_same_task_another_request_is_refused() {
    Submission first = submit("a", "key", 1);
    Submission unfinished = submit("a", "key", 1);
    stored.submissions().confirm(first.id());

    assertThat(unfinished).isEqualTo(new Submission("unfinished", first.id()));
    assertThat(submit("a", "key", 1)).isEqualTo(new Submission("same", first.id()));
    assertThat(submit("a", "key", 2).outcome()).isEqualTo("different");
    assertThat(submit("b", "key", 2).outcome()).isEqualTo("new");
    assertThat(submit("a", null, 1).outcome()).isEqualTo("new");
    assertThat(submit("a", null, 1).outcome()).isEqualTo("new");
  }

  @Test
  void no_more_tasks_wait_than_may_but_what_is_known_is_answered() {
    Submissions few = stored.submissions(2);
    assertThat(submit(few, "key").outcome()).isEqualTo("new");
    String begun = submit(few, null).id();

    assertThat(submit(few, null)).isEqualTo(new Submission("full", ""));
    assertThat(submit(few, "other")).isEqualTo(new Submission("full", ""));
    assertThat(submit(few, "key").outcome()).isEqualTo("unfinished");
    assertThat(stored.answers().list(new TaskQuery(null, null, 9, null)).items()).hasSize(2);
    assertThat(submit(few, NewTask.ownKey("debate/1/1")).outcome()).isEqualTo("new");

    begin(begun);
    assertThat(submit(stored.submissions(2), null).outcome()).isEqualTo("full");
    assertThat(submit(stored.submissions(3), null).outcome()).isEqualTo("new");
  }

  private static Submission submit(Submissions submissions, @Nullable String key) {
    return submissions.submit(
        new NewTask("background", 0, "", null, null, null, key, null), StoredTasks.REQUEST);
  }

  @Test
  void a_task_that_was_not_confirmed_is_gone_unless_its_message_has_arrived() throws Exception {
    String refused = submit();
    String arrived = submit();
    begin(arrived);

    assertThatThrownBy(() -> stored.submissions().withdraw(failed(), refused))
        .isInstanceOf(BrokerUnavailableException.class);
    stored.submissions().withdraw(failed(), arrived);

    assertThatThrownBy(() -> stored.answers().find(refused)).isInstanceOf(ProblemException.class);
    assertThat(stored.answers().find(arrived).state()).isEqualTo("running");
  }

  @Test
  void pages_go_on_where_the_last_one_ended() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> submit()).toList();
    begin(ids.get(4));

    TaskPage first = stored.answers().list(new TaskQuery(null, null, 3, null));
    TaskPage second = stored.answers().list(new TaskQuery(null, null, 3, first.next()));

    assertThat(first.items())
        .extracting(Task::id)
        .containsExactly(ids.get(4), ids.get(3), ids.get(2));
    assertThat(first.items().get(0).attempts()).hasSize(1);
    assertThat(second.items()).extracting(Task::id).containsExactly(ids.get(1), ids.get(0));
    assertThat(second.next()).isNull();
    assertThat(stored.answers().list(new TaskQuery("running", "background", 3, null)).items())
        .hasSize(1);
    assertThat(stored.answers().list(new TaskQuery(null, "llm", 3, null)).items()).isEmpty();
  }

  @Test
  void an_unknown_task_is_neither_begun_nor_cancelled_nor_answered() {
    assertThat(stored.tasks().begin("0190-none", 0)).isEmpty();
    assertThatThrownBy(() -> stored.cancellations().cancel("0190-none"))
        .hasMessageContaining("no task");
    assertThatThrownBy(() -> stored.answers().find("0190-none")).hasMessageContaining("no task");
  }

  private Submission submit(String tenant, @Nullable String key, int priority) {
    return stored
        .submissions()
        .submit(
            new NewTask("background", priority, tenant, null, null, null, key, null),
            StoredTasks.REQUEST);
  }

  private static Exchange failed() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BrokerUnavailableException("away"));
    return exchange;
  }
}
