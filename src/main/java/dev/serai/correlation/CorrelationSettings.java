package dev.serai.correlation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code correlation.*}; each key is explained in {@code config/shared.yaml}.
 *
 * @param enabled whether links are recorded
 * @param store {@code sql} or {@code redis}
 * @param keep age at which events are forgotten
 * @param patience longest wait of a publisher for what the store knows of its parents
 * @param mostWaiting sightings that wait in memory for the store
 * @param mostEvents in one answer
 * @param redis where it is
 */
@ConfigurationProperties("correlation")
record CorrelationSettings(
    boolean enabled,
    String store,
    Duration keep,
    Duration patience,
    int mostWaiting,
    int mostEvents,
    Redis redis) {

  /**
   * Where Redis is.
   *
   * @param password empty: no login
   * @param timeout longest wait for a connection or an answer
   */
  record Redis(String host, int port, String password, Duration timeout) {

    /** Without the password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
