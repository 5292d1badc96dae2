package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A pack that only tests have, from {@code src/test/resources/<name>-pack}. */
public final class TestPack {

  private TestPack() {}

  /**
   * Puts the pack into a folder beside the real shared routes.
   *
   * @param routes the folder, made when it is not there; what setting {@code serai.routes} takes
   * @param change what to make of the text of each of the pack's files
   */
  public static void install(Path routes, String name, UnaryOperator<String> change) {
    try {
      copy(Path.of("routes/shared"), routes.resolve("shared"), text -> text);
      copy(Path.of("src/test/resources", name + "-pack"), routes.resolve(name), change);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts one of the packs that are shipped into such a folder. */
  public static void installShipped(Path routes, String name) {
    try {
      copy(Path.of("routes", name), routes.resolve(name), text -> text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to, UnaryOperator<String> change) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, change.apply(Files.readString(file)));
      }
    }
  }
}
