package dev.serai.support;

import java.nio.file.Path;
import java.util.Optional;

/** Where a server that the tests need comes from. */
sealed interface ServerSource {

  /** One that somebody else runs. */
  record Configured(String uri) implements ServerSource {}

  /** A container. */
  record Docker() implements ServerSource {}

  /** A private one of an installed program. */
  record Local(Path program) implements ServerSource {}

  /** A private one, after its Debian package has been installed. */
  record Install() implements ServerSource {}

  /**
   * The server that all tests share; the first that can be had, in the order of the types above.
   */
  static ServerSource shared(ServerProbe probe) {
    Optional<String> uri = probe.configuredUri();
    return uri.isPresent() ? new Configured(uri.get()) : own(probe);
  }

  /**
   * A server that a test may kill; never the configured one.
   *
   * @throws IllegalStateException if none can be had; says why for each way
   */
  static ServerSource own(ServerProbe probe) {
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
        no-server: the tests need a %1$s and none can be had
          Docker: %2$s
          %1$s: not installed
          apt-get install: %3$s
          Install the package %1$s or start Docker. RABBITMQ_URI serves the tests that do not kill the broker."""
            .formatted(probe.packageName(), noDocker.get(), noInstall.get()));
  }
}
