package dev.serai.files;

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
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Makes the values of every {@code config/<pack>.yaml} known, so that a new pack needs no entry
 * elsewhere.
 *
 * <p>Runs before the application context exists. Anything set by argument, environment or {@code
 * application.yaml} wins over a pack's file.
 */
public class PackValues implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    add(environment, packFiles(Path.of(environment.getProperty("serai.config", "config"))));
  }

  private static void add(ConfigurableEnvironment environment, List<Path> files) {
    YamlPropertySourceLoader loader = new YamlPropertySourceLoader();
    for (Path file : files) {
      try {
        loader
            .load("values " + file, new FileSystemResource(file))
            .forEach(environment.getPropertySources()::addLast);
      } catch (IOException e) {
        throw new UncheckedIOException("bad-config: " + file + " cannot be read", e);
      }
    }
  }

  /**
   * The values of a folder, for a program that is not Serai itself: environment, {@code
   * application.yaml} and every pack's file.
   */
  public static ConfigurableEnvironment of(Path config) {
    StandardEnvironment environment = new StandardEnvironment();
    add(environment, List.of(config.resolve("application.yaml")));
    add(environment, packFiles(config));
    return environment;
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
