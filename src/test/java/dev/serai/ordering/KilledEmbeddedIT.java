package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker goes down with its process, and the windows of its partitions with it. */
class KilledEmbeddedIT {
  private static final int ACCOUNTS = 100;

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void the_windows_are_back_in_order_after_a_kill() throws Exception {
    Ledger ledger = new Ledger(folder, ACCOUNTS, 20);
    Map<String, String> settings = ledger.settings(Map.of("serai.broker.mode", "embedded"));
    try (SeraiProcess serai = SeraiProcess.start(folder.resolve("data"), settings)) {
      for (int i = 0; i < ledger.size(); i += ACCOUNTS) {
        String batch = // one of each: a batch has no order
            IntStream.range(i, i + ACCOUNTS)
                .mapToObj(ledger::message)
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(serai.post("/publish/" + ledger.name() + "/entry/batch", batch).statusCode())
            .isEqualTo(202);
      }
      await().atMost(60, TimeUnit.SECONDS).until(() -> ledger.written() >= ledger.size() / 2);

      serai.kill();
      assertThat(ledger.isFull()).as("killed in the middle").isFalse();
      serai.restart();

      await().atMost(60, TimeUnit.SECONDS).until(ledger::isFull);
    }
    ledger.assertInOrder();
  }
}
