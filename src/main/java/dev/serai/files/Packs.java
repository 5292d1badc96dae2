package dev.serai.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The packs this process runs, and the files of each. Immutable. */
@Component
public class Packs {
  private static final String SHARED = "shared";

  private final Path routes;
  private final List<String> names;

  /**
   * Finds the packs.
   *
   * @param routes the folder that holds one folder per pack
   * @param chosen names of the packs to run, separated by commas; empty means all
   * @throws IllegalArgumentException if a chosen pack does not exist
   */
  public Packs(@Value("${serai.routes}") Path routes, @Value("${serai.packs}") String chosen) {
    this.routes = routes;
    List<String> found = folders(routes);
    List<String> wanted =
        Arrays.stream(chosen.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    for (String name : wanted) {
      if (!found.contains(name)) {
        throw new IllegalArgumentException(
            "unknown-pack: serai.packs asks for \"%s\"; %s has: %s"
                .formatted(name, routes, String.join(", ", found)));
      }
    }
    this.names = wanted.isEmpty() ? found : wanted;
  }

  /** The names of the packs that run here, sorted; {@code shared} is not one of them. */
  public List<String> names() {
    return names;
  }

  /**
   * The route files in load order: shared policies, shared blocks, the rest of shared, then each
   * pack.
   */
  public List<Path> routeFiles() {
    List<Path> files = new ArrayList<>();
    Path shared = routes.resolve(SHARED);
    files.addAll(filesIn(shared.resolve("policies"), ".camel.yaml"));
    files.addAll(filesIn(shared.resolve("blocks"), ".camel.yaml"));
    filesIn(shared, ".camel.yaml").stream().filter(f -> !files.contains(f)).forEach(files::add);
    names.forEach(name -> files.addAll(filesIn(routes.resolve(name), ".camel.yaml")));
    return files;
  }

  /** The topology files of {@code shared} and of the packs that run here. */
  public List<Path> topologyFiles() {
    return Stream.concat(Stream.of(SHARED), names.stream())
        .map(name -> routes.resolve(name).resolve("topology.yaml"))
        .filter(Files::isRegularFile)
        .toList();
  }

  private static List<String> folders(Path routes) {
    try (Stream<Path> entries = Files.list(routes)) {
      return entries
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals(SHARED))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no-routes: " + routes + " cannot be listed", e);
    }
  }

  private static List<Path> filesIn(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no-routes: " + folder + " cannot be listed", e);
    }
  }
}
