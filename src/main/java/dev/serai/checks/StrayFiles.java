package dev.serai.checks;

import dev.serai.files.RouteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files that look like those of a pack, and are not read because of their place or name. */
final class StrayFiles {
  private static final int DEEPEST = 8;

  private StrayFiles() {}

  /**
   * Says each.
   *
   * @param routes the folder of the packs
   */
  static List<RouteProblem> in(Path routes) {
    if (!Files.isDirectory(routes)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(routes, DEEPEST)) {
      return files
          .filter(file -> !routes.relativize(file).toString().startsWith("."))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .flatMap(file -> problem(routes, file))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) { // what cannot be listed is told elsewhere
      return List.of();
    }
  }

  private static Stream<RouteProblem> problem(Path routes, Path file) {
    String name = file.getFileName().toString();
    if (name.matches(".+\\.(camel|kamelet)\\.yml|topology\\.yml")) {
      return Stream.of(stray(file, "a file that ends with .yml is not read", "end it with .yaml"));
    }
    boolean isRead = RouteFolder.isRoutes(name) || name.equals(RouteFolder.TOPOLOGY);
    return isRead && routes.relativize(file).getNameCount() == 1
        ? Stream.of(stray(file, "the file is in no pack and is not read", "move it into a folder"))
        : Stream.empty();
  }

  private static RouteProblem stray(Path file, String wrong, String remedy) {
    return new RouteProblem("stray-file", file.toString(), 1, 1, wrong, remedy);
  }
}
