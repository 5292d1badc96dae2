package dev.serai.packs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Makes the values of every {@code config/<pack>.yaml} known, so that a new pack needs no entry
 * elsewhere.
 *
 * <p>Runs before the application context exists. Anything set by argument, environment or {@code
 * application.yaml} wins over a pack's file.
 */
class PackValues implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Path config = Path.of(environment.getProperty("serai.config", "config"));
    YamlPropertySourceLoader loader = new YamlPropertySourceLoader();
    for (Path file : packFiles(config)) {
      try {
        loader
            .load("values " + file, new FileSystemResource(file))
            .forEach(environment.getPropertySources()::addLast);
      } catch (IOException e) {
        throw new UncheckedIOException("bad-config: " + file + " cannot be read", e);
      }
    }
  }

  private static List<Path> packFiles(Path config) {
    if (!Files.isDirectory(config)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(config)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("application.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("bad-config: " + config + " cannot be listed", e);
    }
  }
}
