package dev.serai.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * This machine.
 *
 * @param packageName of Debian; several are separated by a space
 * @param programs where the server's program may be, best first
 */
record MachineProbe(
    String packageName, Optional<String> configuredUri, Supplier<Stream<Path>> programs)
    implements ServerProbe {
  /** The scripts themselves: Debian's wrapper in /usr/sbin changes the user and the environment. */
  private static final List<Path> RABBITMQ =
      List.of(
          Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server"),
          Path.of("/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server"),
          Path.of("/usr/local/opt/rabbitmq/sbin/rabbitmq-server"));

  private static final Path WRAPPER = Path.of("/usr/sbin");
  private static final Path SYMFONY_MERCURE =
      Path.of("/usr/share/php/Symfony/Component/Mercure/autoload.php");
  private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

  static MachineProbe rabbitmq() {
    return new MachineProbe(
        "rabbitmq-server",
        Optional.ofNullable(System.getenv("RABBITMQ_URI")).filter(uri -> !uri.isBlank()),
        () ->
            Stream.concat(
                RABBITMQ.stream(),
                folders()
                    .filter(folder -> !folder.equals(WRAPPER))
                    .map(folder -> folder.resolve("rabbitmq-server"))));
  }

  static MachineProbe postgresql() {
    return new MachineProbe(
        "postgresql",
        Optional.empty(),
        () ->
            Stream.concat(
                debianVersions(POSTGRESQL).map(version -> version.resolve("bin/postgres")),
                folders().map(folder -> folder.resolve("postgres"))));
  }

  static MachineProbe redis() {
    return inPath("redis-server", "redis-server");
  }

  static MachineProbe promtool() {
    return inPath("prometheus", "promtool");
  }

  static MachineProbe node() {
    return inPath("nodejs", "node");
  }

  static MachineProbe npm() {
    return inPath("npm", "npm");
  }

  /** PHP with Symfony's client of Mercure hubs. */
  static MachineProbe symfony() {
    return new MachineProbe(
        "php-cli php-symfony-mercure",
        Optional.empty(),
        () ->
            Files.exists(SYMFONY_MERCURE)
                ? folders().map(folder -> folder.resolve("php"))
                : Stream.empty());
  }

  private static MachineProbe inPath(String packageName, String program) {
    return new MachineProbe(
        packageName, Optional.empty(), () -> folders().map(folder -> folder.resolve(program)));
  }

  private static Stream<Path> folders() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
  }

  /** Newest first. */
  private static Stream<Path> debianVersions(Path folder) {
    File[] versions = folder.toFile().listFiles();
    return versions == null
        ? Stream.empty()
        : Arrays.stream(versions).map(File::toPath).sorted(Comparator.reverseOrder());
  }

  @Override
  public Optional<String> dockerProblem() {
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.empty()
        : Optional.of("no engine answers");
  }

  @Override
  public Optional<Path> serverProgram() {
    return installProblem().isPresent() ? installed() : DebianPackage.alone(this::installed);
  }

  /**
   * The program that is installed, else that of the Debian package.
   *
   * @throws IllegalStateException when it cannot be had; says why
   */
  Path program() {
    return serverProgram()
        .orElseGet(
            () -> {
              installProblem()
                  .ifPresent(
                      problem -> {
                        throw new IllegalStateException(
                            "%s is not installed; the Debian package cannot be: %s"
                                .formatted(packageName, problem));
                      });
              return DebianPackage.install(this);
            });
  }

  private Optional<Path> installed() {
    return programs.get().filter(Files::isExecutable).findFirst();
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
