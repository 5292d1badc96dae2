package dev.serai.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Makes the values of every {@code config/<pack>.yaml} known, so that a new pack needs no entry
 * elsewhere.
 *
 * <p>Runs before the application context exists. A file that cannot be read is left out. Anything
 * set by argument, environment or {@code application.yaml} wins over a pack's file.
 */
public class PackValues implements EnvironmentPostProcessor {
  private static final String OURS = "values ";
  private static final String APPLICATION = "application.yaml";

  private final Log log;

  /** Made by Spring Boot. */
  public PackValues(DeferredLogFactory logs) {
    this.log = logs.getLog(PackValues.class);
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Path config = Path.of(environment.getProperty("serai.config", "config"));
    use(environment, sources(contents(files(config)), bad -> log.error(bad.getMessage())));
  }

  /**
   * The values of a folder, for a program that is not Serai itself: environment, {@code
   * application.yaml} and every pack's file.
   *
   * @throws BadValuesException when one is no YAML, too large or has aliases
   */
  public static ConfigurableEnvironment of(Path config) {
    StandardEnvironment environment = new StandardEnvironment();
    Path application = config.resolve(APPLICATION);
    contents(List.of(application))
        .forEach(
            (path, bytes) ->
                load(path, path, bytes).forEach(environment.getPropertySources()::addLast));
    use(
        environment,
        sources(
            contents(files(config)),
            bad -> {
              throw bad;
            }));
    return environment;
  }

  /** The YAML files of a folder; {@code application.yaml} among them. */
  static List<Path> files(Path config) {
    if (!Files.isDirectory(config)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(config)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("bad-config: " + config + " cannot be listed", e);
    }
  }

  /** Whether a file holds the values of a pack, which may change while Serai runs. */
  public static boolean isPackFile(String path) {
    return path.endsWith(".yaml") && !Path.of(path).endsWith(APPLICATION);
  }

  /**
   * What files of values say.
   *
   * @param files bytes by path; {@code application.yaml} is passed over
   * @param bad gets each that is no YAML, too large or has aliases; the others say what they say
   */
  public static List<PropertySource<?>> sources(
      SortedMap<String, byte[]> files, Consumer<BadValuesException> bad) {
    List<PropertySource<?>> sources = new ArrayList<>();
    files.forEach(
        (path, bytes) -> {
          if (isPackFile(path)) {
            try {
              sources.addAll(load(OURS + path, path, bytes));
            } catch (BadValuesException e) {
              bad.accept(e);
            }
          }
        });
    return sources;
  }

  private static List<PropertySource<?>> load(String name, String path, byte[] bytes) {
    try {
      ValuesFile.check(path, bytes);
      return new YamlPropertySourceLoader().load(name, new ByteArrayResource(bytes));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark().getLine() + 1;
      int column = e.getProblemMark().getColumn() + 1;
      String wrong = String.valueOf(e.getProblem());
      throw new BadValuesException(
          "bad-config",
          new BadRouteFile(Path.of(path), line, column, wrong, "mend the YAML at this place"));
    } catch (BadValuesException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String wrong = String.valueOf(e.getMessage());
      throw new BadValuesException(
          "bad-config", new BadRouteFile(Path.of(path), 1, 1, wrong, "write key: value"));
    }
  }

  /** What is in use of packs' values. */
  public static List<PropertySource<?>> sources(ConfigurableEnvironment environment) {
    List<PropertySource<?>> sources = new ArrayList<>();
    environment.getPropertySources().stream()
        .filter(source -> source.getName().startsWith(OURS))
        .forEach(sources::add);
    return sources;
  }

  /** Puts the packs' values in the place of those that were there. */
  public static void use(ConfigurableEnvironment environment, List<PropertySource<?>> values) {
    MutablePropertySources all = environment.getPropertySources();
    List<String> old =
        all.stream().map(PropertySource::getName).filter(n -> n.startsWith(OURS)).toList();
    List<String> kept = values.stream().map(PropertySource::getName).toList();
    for (PropertySource<?> source : values) {
      if (old.contains(source.getName())) {
        all.replace(source.getName(), source);
      } else {
        all.addLast(source);
      }
    }
    old.stream().filter(name -> !kept.contains(name)).forEach(all::remove);
  }

  /** An environment like this one, but with other values of packs; this one stays as it is. */
  public static ConfigurableEnvironment with(
      ConfigurableEnvironment environment, List<PropertySource<?>> values) {
    StandardEnvironment other = new StandardEnvironment();
    MutablePropertySources sources = other.getPropertySources();
    sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
    environment.getPropertySources().stream()
        .filter(source -> !source.getName().startsWith(OURS))
        .filter(source -> !source.getName().equals("configurationProperties")) // a view of all
        .forEach(sources::addLast);
    values.forEach(sources::addLast);
    return other;
  }

  private static SortedMap<String, byte[]> contents(List<Path> files) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (Path file : files) {
      try {
        contents.put(file.toString(), RouteFolder.bytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException("bad-config: " + file + " cannot be read", e);
      }
    }
    return contents;
  }
}
