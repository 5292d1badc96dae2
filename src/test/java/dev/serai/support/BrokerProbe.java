package dev.serai.support;

import java.nio.file.Path;
import java.util.Optional;

/** What this machine offers to run a RabbitMQ with. */
interface BrokerProbe {

  /** The address in {@code RABBITMQ_URI}, when it is set. */
  Optional<String> configuredUri();

  /** Why containers cannot be started here; empty when they can. */
  Optional<String> dockerProblem();

  /** The server program of RabbitMQ that is installed here. */
  Optional<Path> serverProgram();

  /** Why the Debian package cannot be installed here; empty when it can. */
  Optional<String> installProblem();
}
