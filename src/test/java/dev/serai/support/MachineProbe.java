package dev.serai.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** This machine. */
final class MachineProbe implements BrokerProbe {
  /** The scripts themselves: Debian's wrapper in /usr/sbin changes the user and the environment. */
  private static final List<Path> WELL_KNOWN =
      List.of(
          Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server"),
          Path.of("/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server"),
          Path.of("/usr/local/opt/rabbitmq/sbin/rabbitmq-server"));

  private static final Path WRAPPER = Path.of("/usr/sbin");

  @Override
  public Optional<String> configuredUri() {
    return Optional.ofNullable(System.getenv("RABBITMQ_URI")).filter(uri -> !uri.isBlank());
  }

  @Override
  public Optional<String> dockerProblem() {
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.empty()
        : Optional.of("no engine answers");
  }

  @Override
  public Optional<Path> serverProgram() {
    Stream<Path> onPath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .map(Path::of)
            .filter(folder -> !folder.equals(WRAPPER))
            .map(folder -> folder.resolve("rabbitmq-server"));
    return Stream.concat(WELL_KNOWN.stream(), onPath).filter(Files::isExecutable).findFirst();
  }

  @Override
  public Optional<String> installProblem() {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return Optional.of("this is not Debian");
    }
    return System.getProperty("user.name").equals("root")
        ? Optional.empty()
        : Optional.of("needs root");
  }
}
