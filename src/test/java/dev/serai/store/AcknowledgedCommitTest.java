package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 has committed survives the death of the process. */
class AcknowledgedCommitTest {
  private static final int COMMITS = 50;

  @Test
  void keeps_every_commit_of_a_process_that_was_killed(@TempDir Path data) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Committer.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = child.inputReader()) {
      assertThat(output.lines().takeWhile(line -> !line.equals("committed " + COMMITS)))
          .isNotEmpty();
    } finally {
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    try (TestStore store = TestStore.onH2(data)) {
      assertThat(store.jdbc().sql("SELECT COUNT(*) FROM debias_user").query(Long.class).single())
          .isEqualTo(COMMITS);
    }
  }

  /** Commits, says so, and waits to be killed. */
  static final class Committer {
    public static void main(String[] arguments) throws InterruptedException {
      TestStore store = TestStore.onH2(Path.of(arguments[0]));
      for (int i = 1; i <= COMMITS; i++) {
        long user = i;
        store
            .transactions()
            .executeWithoutResult(
                status ->
                    store
                        .jdbc()
                        .sql("INSERT INTO debias_user (user_id) VALUES (?)")
                        .param(user)
                        .update());
        System.out.println("committed " + i);
      }
      Thread.currentThread().join();
    }
  }
}
