package dev.serai.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On whose account a task is, on whichever database. */
abstract class VirtualKeyContract extends StoredTasksContract {
  @Test
  void its_worker_knows_the_key_and_nobody_is_shown_it() throws Exception {
    String id = stored.submissions().submit(task("vk-17"), StoredTasks.REQUEST).id();

    Claim claim = stored.claims().claim(id, "w", 0).orElseThrow();

    assertThat(claim.virtualKey()).isEqualTo("vk-17");
    assertThat(claim.toString() + task("vk-17")).doesNotContain("vk-17");
    assertThat(stored.answers().find(id).toString()).doesNotContain("vk-17");
  }

  @Test
  void a_request_on_another_account_is_another_request() {
    stored.submissions().submit(task("vk-17"), StoredTasks.REQUEST);

    assertThat(stored.submissions().submit(task("vk-17"), StoredTasks.REQUEST).outcome())
        .isEqualTo("unfinished");
    assertThat(stored.submissions().submit(task("vk-18"), StoredTasks.REQUEST).outcome())
        .isEqualTo("different");
    assertThat(stored.submissions().submit(task(null), StoredTasks.REQUEST).outcome())
        .isEqualTo("different");
  }

  private static NewTask task(@Nullable String virtualKey) {
    return new NewTask("llm", 0, "acme", null, null, null, "k1", virtualKey);
  }
}
