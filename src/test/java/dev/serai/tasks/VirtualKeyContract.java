package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On whose account a task is, on whichever database. */
@SuppressWarnings("NullAway.Init") // opened before each test
abstract class VirtualKeyContract {
  private static final JsonNode REQUEST = JsonNodeFactory.instance.objectNode();

  private TestStore store;
  private Submissions submissions;
  private Claims claims;

  abstract TestStore open(Path data);

  @BeforeEach
  void open_the_database(@TempDir Path data) {
    store = open(data);
    Duration lease = Duration.ofSeconds(30);
    Leases leases = new Leases(store.jdbc(), new TaskSettings(lease, lease.dividedBy(3), 3));
    Outcomes outcomes = new Outcomes(store.jdbc(), store.transactions());
    claims = new Claims(store.jdbc(), store.transactions(), leases, outcomes);
    submissions = new Submissions(store.jdbc(), store.transactions());
  }

  @AfterEach
  void close_the_database() {
    store.close();
  }

  @Test
  void its_worker_knows_the_key_and_nobody_is_shown_it() throws Exception {
    String id = submissions.submit(task("vk-17"), REQUEST).id();

    Claim claim = claims.claim(id, "w", 0).orElseThrow();

    assertThat(claim.virtualKey()).isEqualTo("vk-17");
    assertThat(claim.toString() + task("vk-17")).doesNotContain("vk-17");
    assertThat(new TaskAnswers(store.jdbc()).find(id).toString()).doesNotContain("vk-17");
  }

  @Test
  void a_request_on_another_account_is_another_request() {
    submissions.submit(task("vk-17"), REQUEST);

    assertThat(submissions.submit(task("vk-17"), REQUEST).outcome()).isEqualTo("unfinished");
    assertThat(submissions.submit(task("vk-18"), REQUEST).outcome()).isEqualTo("different");
    assertThat(submissions.submit(task(null), REQUEST).outcome()).isEqualTo("different");
  }

  private static NewTask task(@Nullable String virtualKey) {
    return new NewTask("llm", 0, "acme", null, null, null, "k1", virtualKey);
  }
}
