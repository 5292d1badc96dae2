package dev.serai.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.broker.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StateSharingTest {
  private static final String POSTGRES = "postgres://ann:safe@db:5432/state";

  @Test
  void warns_that_the_state_is_not_shared_on_rabbitmq_with_h2(CapturedOutput log) {
    started(Transport.Mode.RABBITMQ, "");

    assertThat(log)
        .contains("WARN", "state-not-shared: ", "H2 at file:", "set SERAI_DB_URL to a PostgreSQL");
  }

  @Test
  void is_silent_when_the_state_is_shared_or_the_broker_is_not(CapturedOutput log) {
    started(Transport.Mode.RABBITMQ, POSTGRES);
    started(Transport.Mode.EMBEDDED, "");

    assertThat(log).doesNotContain("state-not-shared");
  }

  private static void started(Transport.Mode mode, String url) {
    new StateSharing(
        new Transport(mode, "of the test", "localhost", 5672),
        StoreLocation.of(url, "", "", Path.of("data")));
  }
}
