package dev.serai.support;

import java.nio.file.Path;
import java.util.Optional;

/** Where the RabbitMQ of a test run comes from. */
sealed interface BrokerSource {

  /** A broker that somebody else runs. */
  record Configured(String uri) implements BrokerSource {}

  /** A container. */
  record Docker() implements BrokerSource {}

  /** A private node of an installed server. */
  record Local(Path program) implements BrokerSource {}

  /** A private node, after its Debian package has been installed. */
  record Install() implements BrokerSource {}

  /**
   * The broker that all tests share; the first that can be had, in the order of the types above.
   */
  static BrokerSource shared(BrokerProbe probe) {
    Optional<String> uri = probe.configuredUri();
    return uri.isPresent() ? new Configured(uri.get()) : own(probe);
  }

  /**
   * A broker that a test may kill; never the configured one.
   *
   * @throws IllegalStateException if none can be had; says why for each way
   */
  static BrokerSource own(BrokerProbe probe) {
    Optional<String> noDocker = probe.dockerProblem();
    if (noDocker.isEmpty()) {
      return new Docker();
    }
    Optional<Path> program = probe.serverProgram();
    if (program.isPresent()) {
      return new Local(program.get());
    }
    Optional<String> noInstall = probe.installProblem();
    if (noInstall.isEmpty()) {
      return new Install();
    }
    throw new IllegalStateException(
        """
        no-rabbitmq: the tests need a RabbitMQ and none can be had
          RABBITMQ_URI: not set
          Docker: %s
          rabbitmq-server: not installed
          apt-get install: %s
          Install the package rabbitmq-server or start Docker. RABBITMQ_URI serves the tests that do not kill the broker."""
            .formatted(noDocker.get(), noInstall.get()));
  }
}
