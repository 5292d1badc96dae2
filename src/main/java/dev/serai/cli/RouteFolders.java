package dev.serai.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files that a command without a running Serai reads, and those that it is asked about. */
final class RouteFolders {
  @Option(
      names = "--routes",
      paramLabel = "DIR",
      defaultValue = "${env:SERAI_ROUTES:-routes}",
      description = "Folder of the packs (${DEFAULT-VALUE}).")
  private Path routes = Path.of("routes");

  @Option(
      names = "--config",
      paramLabel = "DIR",
      defaultValue = "${env:SERAI_CONFIG:-config}",
      description = "Folder of their values (${DEFAULT-VALUE}).")
  private Path config = Path.of("config");

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "Only this file or folder below it.")
  private @Nullable Path only;

  /**
   * The folder of the packs.
   *
   * @throws CliException when it, or what is asked for, does not exist
   */
  Path routes() {
    Path folder = Paths.fromHere(routes);
    if (!Files.isDirectory(folder)) {
      throw new CliException(folder + " is no folder; name that of the packs with --routes");
    }
    if (only != null && !Files.exists(only)) {
      throw new CliException(only + " does not exist; name a file or folder below " + folder);
    }
    return folder;
  }

  /** The folder of their values. */
  Path config() {
    return config;
  }

  /** Whether nothing particular is asked for. */
  boolean isAll() {
    return only == null;
  }

  /** What is asked for, as a person reads it. */
  Path asked() {
    return only == null ? Paths.fromHere(routes) : only;
  }

  /** Whether a file is, or is below, what is asked for. */
  boolean include(Path file) {
    return only == null
        || file.toAbsolutePath().normalize().startsWith(only.toAbsolutePath().normalize());
  }
}
