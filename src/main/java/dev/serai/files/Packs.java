package dev.serai.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final List<String> chosen;

  /**
   * Finds the packs.
   *
   * @param routes the folder that holds one folder per pack
   * @param chosen names of the packs to run, separated by commas; empty means all, also those that
   *     come later
   * @throws IllegalArgumentException if a chosen pack does not exist
   */
  public Packs(@Value("${serai.routes}") Path routes, @Value("${serai.packs}") String chosen) {
    this.routes = routes;
    this.chosen =
        Arrays.stream(chosen.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    List<String> found = packsIn(routes);
    for (String name : this.chosen) {
      if (!found.contains(name)) {
        throw new IllegalArgumentException(
            "unknown-pack: serai.packs asks for \"%s\"; %s has: %s"
                .formatted(name, routes, String.join(", ", found)));
      }
    }
  }

  /** The folder that holds one folder per pack. */
  public Path folder() {
    return routes;
  }

  /** The names of the packs that run here, sorted; {@code shared} is not one of them. */
  public List<String> names() {
    return chosen.isEmpty() ? packsIn(routes) : chosen;
  }

  /** The folders of {@code shared} and of the packs that run here. */
  public List<Path> folders() {
    return Stream.concat(Stream.of(SHARED), names().stream()).map(routes::resolve).toList();
  }

  /** The topology files of {@code shared} and of the packs that run here. */
  public List<Path> topologyFiles() {
    return folders().stream()
        .map(folder -> folder.resolve(RouteFolder.TOPOLOGY))
        .filter(Files::isRegularFile)
        .toList();
  }

  private static List<String> packsIn(Path routes) {
    try (Stream<Path> entries = Files.list(routes)) {
      return entries
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals(SHARED) && !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no-routes: " + routes + " cannot be listed", e);
    }
  }
}
