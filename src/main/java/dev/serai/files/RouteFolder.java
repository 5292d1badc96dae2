package dev.serai.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of packs that make behaviour; what editors leave beside them is none. */
public final class RouteFolder {
  /** The ending of a file of routes. */
  public static final String ROUTES = ".camel.yaml";

  /** The ending of a file of routes in Camel's Java DSL. */
  public static final String JAVA = ".java";

  /** The ending of a file with a kamelet: steps that routes use as one, with parameters. */
  public static final String KAMELET = ".kamelet.yaml";

  /** The name of a file of exchanges and queues. */
  public static final String TOPOLOGY = "topology.yaml";

  /** The ending of a file that says which bodies are allowed. */
  public static final String SCHEMA = ".schema.json";

  /** A larger file is refused; one byte more is read. */
  public static final int MOST_BYTES = 1 << 20;

  private static final int DEEPEST = 8;

  private RouteFolder() {}

  /** Whether a file holds routes, in YAML or in Java, or steps of them. */
  public static boolean isRoutes(String path) {
    return path.endsWith(ROUTES) || path.endsWith(JAVA) || path.endsWith(KAMELET);
  }

  /**
   * The path of a file of routes without its ending; the class {@code debias/StoreEvent.java} is
   * called {@code debias/store-event}, as {@code debias/store-event.camel.yaml} is.
   */
  public static String nameOf(String path) {
    if (!path.endsWith(JAVA)) {
      return path.replaceFirst("\\.(camel|kamelet)\\.yaml$", "");
    }
    int name = path.lastIndexOf('/') + 1;
    return path.substring(0, name)
        + path.substring(name, path.length() - JAVA.length())
            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
            .toLowerCase(Locale.ROOT);
  }

  /**
   * What a folder holds.
   *
   * @param files bytes by the path below the folder, with slashes; at most {@link #MOST_BYTES} + 1
   * @param refused links that lead out of the folder, and what cannot be read
   */
  public record Contents(SortedMap<String, byte[]> files, List<RefusedFile> refused) {

    /** Those that hold routes. */
    public SortedMap<String, byte[]> routes() {
      SortedMap<String, byte[]> routes = new TreeMap<>(files);
      routes.keySet().removeIf(path -> !isRoutes(path));
      return routes;
    }

    /** Those that hold exchanges and queues. */
    public SortedMap<String, byte[]> topologies() {
      SortedMap<String, byte[]> topologies = new TreeMap<>(files);
      topologies.keySet().removeIf(path -> !path.endsWith("/" + TOPOLOGY));
      return topologies;
    }
  }

  /**
   * Reads all packs of a folder.
   *
   * @throws UncheckedIOException {@code no-routes} when the folder cannot be read
   */
  public static Contents read(Path folder) {
    return read(folder, List.of(folder));
  }

  /**
   * Reads some packs of a folder.
   *
   * @param packs folders in it; one that is not there has no files
   * @throws UncheckedIOException {@code no-routes} when one cannot be read
   */
  static Contents read(Path folder, Collection<Path> packs) {
    try {
      FolderReader reader = new FolderReader(folder);
      for (Path pack : packs) {
        if (Files.isDirectory(pack)) {
          Files.walkFileTree(pack, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, reader);
        }
      }
      return new Contents(reader.files(), reader.refused());
    } catch (IOException e) {
      throw new UncheckedIOException("no-routes: " + folder + " cannot be read", e);
    }
  }

  /** What a file holds, as far as anybody reads it: one byte more than is allowed. */
  static byte[] bytes(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return bytes.readNBytes(MOST_BYTES + 1);
    }
  }
}
