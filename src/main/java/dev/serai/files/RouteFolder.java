package dev.serai.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The route files of a folder; what editors leave beside them is none. */
public final class RouteFolder {
  private static final String ENDING = ".camel.yaml";

  private RouteFolder() {}

  /**
   * Reads all of them.
   *
   * @return the bytes by the path below the folder, with slashes
   * @throws UncheckedIOException {@code no-routes} when the folder cannot be read
   */
  public static SortedMap<String, byte[]> read(Path folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(RouteFolder::isRouteFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no-routes: " + folder + " cannot be read", e);
    }
    return files;
  }

  private static boolean isRouteFile(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ENDING) && !name.startsWith(".") && Files.isRegularFile(file);
  }
}
