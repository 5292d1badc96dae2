package dev.serai.debias;

import dev.serai.broker.Transport;
import dev.serai.store.SharedTurns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Warns at start when other processes may update the same profiles without taking turns. */
@Component
class ProfileSharing {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileSharing.class);

  ProfileSharing(
      Transport transport,
      SharedTurns turns,
      @Value("${debias.profile.qdrant-host}") String qdrant) {
    if (transport.mode() == Transport.Mode.RABBITMQ && !turns.shared() && !qdrant.isEmpty()) {
      LOG.warn(
          "turns-not-shared: profiles are kept in Qdrant, and processes that take no turns overwrite"
              + " each other's; set SERAI_DB_URL to a PostgreSQL, or let only one process work on"
              + " events.qdrant");
    }
  }
}
