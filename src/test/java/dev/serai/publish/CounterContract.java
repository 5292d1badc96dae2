package dev.serai.publish;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one {@link Counter}, whose queues are empty before each of them. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
abstract class CounterContract {
  Counter counter;

  /** Settings that choose the broker. */
  abstract Map<String, String> broker();

  @BeforeAll
  void start(@TempDir Path folder) {
    counter = new Counter(folder, broker());
  }

  @AfterAll
  void stop() {
    counter.close();
  }

  @BeforeEach
  void empty_the_queues() {
    counter.purge();
  }
}
