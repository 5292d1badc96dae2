package dev.serai.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code serai.db.*}; each key is explained in {@code config/application.yaml}.
 *
 * @param url empty means H2 in the data folder; may hold a password: never print it
 * @param poolSize connections, from 1 to 100
 * @param connectTimeout the longest wait for a connection, from 250 ms to 10 minutes
 * @param answerTimeout the longest wait for an answer of PostgreSQL, from 1 second to 10 minutes
 */
@ConfigurationProperties("serai.db")
record StoreSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration connectTimeout,
    Duration answerTimeout) {
  private static final int MOST_CONNECTIONS = 100;
  private static final Duration SHORTEST = Duration.ofMillis(250); // the pool takes no less
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * Refuses values that cannot be, all at once.
   *
   * @throws IllegalArgumentException {@code bad-db-setting} with each key, its value and its range
   */
  StoreSettings checked() {
    List<String> problems = new ArrayList<>();
    if (poolSize < 1 || poolSize > MOST_CONNECTIONS) {
      problems.add(
          "bad-db-setting: serai.db.pool-size is %d; write a number from 1 to %d"
              .formatted(poolSize, MOST_CONNECTIONS));
    }
    if (connectTimeout.compareTo(SHORTEST) < 0 || connectTimeout.compareTo(LONGEST) > 0) {
      problems.add(
          "bad-db-setting: serai.db.connect-timeout is %dms; write a time from 250ms to 10m"
              .formatted(connectTimeout.toMillis()));
    }
    if (answerTimeout.compareTo(Duration.ofSeconds(1)) < 0
        || answerTimeout.compareTo(LONGEST) > 0) {
      problems.add(
          "bad-db-setting: serai.db.answer-timeout is %dms; write a time from 1s to 10m"
              .formatted(answerTimeout.toMillis()));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return this;
  }

  /** Without the login. */
  @Override
  public String toString() {
    return "StoreSettings[poolSize=%d, connectTimeout=%s]".formatted(poolSize, connectTimeout);
  }
}
