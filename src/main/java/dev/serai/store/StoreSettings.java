package dev.serai.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code serai.db.*}; each key is explained in {@code config/application.yaml}.
 *
 * @param url empty means H2 in the data folder; may hold a password: never print it
 * @param poolSize connections, from 1
 * @param connectTimeout the longest wait for a connection
 */
@ConfigurationProperties("serai.db")
record StoreSettings(
    String url, String user, String password, int poolSize, Duration connectTimeout) {

  /** Without the login. */
  @Override
  public String toString() {
    return "StoreSettings[poolSize=%d, connectTimeout=%s]".formatted(poolSize, connectTimeout);
  }
}
