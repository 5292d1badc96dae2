package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.broker.Transport;
import dev.serai.store.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ProfileSharingTest {

  @Test
  void warns_when_processes_could_overwrite_each_others_profiles(
      @TempDir Path data, CapturedOutput log) {
    try (TestStore store = TestStore.onH2(data)) {
      started(Transport.Mode.RABBITMQ, store, "qdrant");
    }

    assertThat(log).contains("WARN", "turns-not-shared: ", "set SERAI_DB_URL to a PostgreSQL");
  }

  @Test
  void is_silent_when_they_take_turns_or_there_is_no_other(
      @TempDir Path one, @TempDir Path other, CapturedOutput log) {
    try (TestStore shared = TestStore.onPostgres(one);
        TestStore own = TestStore.onH2(other)) {
      started(Transport.Mode.RABBITMQ, shared, "qdrant");
      started(Transport.Mode.EMBEDDED, own, "qdrant");
      started(Transport.Mode.RABBITMQ, own, "");
    }

    assertThat(log).doesNotContain("turns-not-shared");
  }

  private static void started(Transport.Mode mode, TestStore store, String qdrant) {
    new ProfileSharing(
        new Transport(mode, "of the test", "localhost", 5672), store.turns(), qdrant);
  }
}
