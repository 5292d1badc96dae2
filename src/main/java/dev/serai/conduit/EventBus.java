package dev.serai.conduit;

import dev.serai.broker.Transport;
import dev.serai.files.Packs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says at the start which transport is in use, in the words of the Conduit seed. */
@Component
class EventBus {
  private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

  EventBus(Transport transport, Packs packs) {
    if (packs.names().contains("conduit")) {
      LOG.info("{}", announcement(transport));
    }
  }

  /** The line. */
  static String announcement(Transport transport) {
    return transport.mode() == Transport.Mode.RABBITMQ
        ? "[Conduit] Event bus configured with RabbitMQ transport (multi-instance mode) - Host: %s:%d"
            .formatted(transport.host(), transport.port())
        : "[Conduit] Event bus configured with in-memory transport (single-instance mode)";
  }
}
