package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that wait in the store for their turn, on whichever database. */
abstract class WaitingInStoreContract extends StoredTasksContract {
  @Test
  void nobody_publishes_a_task_that_waits_however_long() {
    String id = join(null);
    longAgo(id);

    assertThat(stored.sweep().orphans("1s", 10)).isEmpty();
  }

  @Test
  void one_that_had_its_turn_but_no_message_is_published_with_the_priority_it_has_by_now() {
    String id = join(null);
    turn(id, 6);
    longAgo(id);

    assertThat(stored.sweep().orphans("1s", 10)).containsExactly(id);
    assertThat(Objects.requireNonNull(stored.submissions().message(id)).priority()).isEqualTo(6);
  }

  @Test
  void a_repeated_key_finds_it_before_and_after_its_turn() {
    String id = join("key");
    assertThat(stored.submissions().join(task("key", null), json()))
        .isEqualTo(new Submission("same", id));

    turn(id, 0);

    assertThat(stored.submissions().join(task("key", null), json()))
        .isEqualTo(new Submission("same", id));
  }

  @Test
  void it_was_accepted_and_is_not_taken_back() {
    String id = join(null);
    Exchange failed = new DefaultExchange(new DefaultCamelContext());
    failed.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("away"));

    assertThatCode(() -> stored.submissions().withdraw(failed, id)).doesNotThrowAnyException();
    turn(id, 0);
    assertThatCode(() -> stored.submissions().withdraw(failed, id)).doesNotThrowAnyException();

    assertThat(state(id)).isEqualTo("queued");
  }

  @Test
  void it_leaves_the_line_when_it_is_cancelled_expires_or_is_begun() throws Exception {
    String cancelled = join(null);
    String expired =
        stored.submissions().join(task(null, Instant.now().minusSeconds(1)), json()).id();
    String begun = join(null); // by a message whose confirm was lost

    stored.cancellations().cancel(cancelled);
    stored.sweep().expire();
    assertThat(stored.tasks().begin(begun, 0)).isPresent();

    assertThat(state(cancelled)).isEqualTo("cancelled");
    assertThat(state(expired)).isEqualTo("expired");
    assertThat(
            stored
                .store()
                .jdbc()
                .sql("SELECT COUNT(*) FROM task WHERE waits_in IS NOT NULL")
                .query(Integer.class)
                .single())
        .isZero();
  }

  private String join(@Nullable String key) {
    return stored.submissions().join(task(key, null), json()).id();
  }

  private static JsonNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static NewTask task(@Nullable String key, @Nullable Instant deadline) {
    return new NewTask("llm", 0, "acme", null, deadline, null, key, null);
  }

  /** As the line gives it, up to the moment at which the process is killed. */
  private void turn(String id, int priority) {
    stored
        .store()
        .jdbc()
        .sql(
            "UPDATE task SET waits_in = 'queue', sent_priority = ?,"
                + " published_at = CURRENT_TIMESTAMP WHERE id = ?")
        .param(priority)
        .param(id)
        .update();
  }

  private void longAgo(String id) {
    stored
        .store()
        .jdbc()
        .sql("UPDATE task SET published_at = published_at - INTERVAL '1' HOUR WHERE id = ?")
        .param(id)
        .update();
  }

  private String state(String id) {
    return stored
        .store()
        .jdbc()
        .sql("SELECT state FROM task WHERE id = ?")
        .param(id)
        .query(String.class)
        .single();
  }
}
