package dev.serai.store;

import dev.serai.broker.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Warns at start when other processes may share the broker but cannot see the state: each would
 * answer from its own.
 */
@Component
class StateSharing {
  private static final Logger LOG = LoggerFactory.getLogger(StateSharing.class);

  StateSharing(Transport transport, StoreLocation location) {
    if (transport.mode() == Transport.Mode.RABBITMQ && location.ownedByThisProcess()) {
      LOG.warn(
          "state-not-shared: the events go through RabbitMQ, but the state is kept in {}, which only"
              + " this process sees; set SERAI_DB_URL to a PostgreSQL before you run more than one",
          location.describe());
    }
  }
}
