package dev.serai.hub;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code streams.*}; each key is explained in {@code config/shared.yaml}.
 *
 * @param heartbeat time without a write after which a client hears that somebody is there
 * @param maxAge of a connection; zero: no end
 * @param patience time for which a connection may take nothing
 * @param comeBack time over which clients are spread that come back after a stop
 * @param most what there may be of each
 */
@ConfigurationProperties("streams")
record HubSettings(
    Duration heartbeat, Duration maxAge, Duration patience, Duration comeBack, Most most) {

  /**
   * What there may be of each.
   *
   * @param connections of all clients of this process
   * @param perClient connections of one client
   * @param topics in one subscription
   * @param latest updates that this process has at hand for each channel
   * @param latestBytes of them
   */
  record Most(int connections, int perClient, int topics, int latest, long latestBytes) {}
}
