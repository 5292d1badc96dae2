package dev.serai.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
   * @param refused links that lead out of the folder
   */
  public record Contents(SortedMap<String, byte[]> files, List<BadRouteFile> refused) {

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
      Reader reader = new Reader(folder);
      for (Path pack : packs) {
        if (Files.isDirectory(pack)) {
          Files.walkFileTree(pack, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, reader);
        }
      }
      return new Contents(reader.files, reader.refused);
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

  private static final class Reader extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Path real;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final List<BadRouteFile> refused = new ArrayList<>();

    Reader(Path folder) throws IOException {
      this.folder = folder;
      this.real = folder.toRealPath();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
        throws IOException {
      if (at.equals(folder)) {
        return FileVisitResult.CONTINUE;
      }
      return isHidden(at) || leadsOut(at) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && !isHidden(file) && counts(file) && !leadsOut(file)) {
        try {
          files.put(folder.relativize(file).toString().replace('\\', '/'), bytes(file));
        } catch (NoSuchFileException e) { // deleted in this moment
          return FileVisitResult.CONTINUE;
        }
      }
      return FileVisitResult.CONTINUE;
    }

    /** A link to nowhere, a loop of links, or a file that was deleted in this moment. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path at, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path at) {
      return at.getFileName().toString().startsWith(".");
    }

    private boolean counts(Path file) {
      String name = file.getFileName().toString();
      return isRoutes(name)
          || name.endsWith(SCHEMA)
          || (name.equals(TOPOLOGY) && folder.relativize(file).getNameCount() == 2);
    }

    private boolean leadsOut(Path at) throws IOException {
      if (at.toRealPath().startsWith(real)) {
        return false;
      }
      refused.add(
          new BadRouteFile(
              at, 1, 1, "a link that leads out of " + folder, "put the file itself there"));
      return true;
    }
  }
}
