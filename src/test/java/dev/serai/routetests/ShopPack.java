package dev.serai.routetests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder of routes with a small pack, and the policies that are shipped. */
record ShopPack(Path folder) {
  private static final Path FILES = Path.of("src/test/resources/route-tests");

  static ShopPack in(Path folder) throws IOException {
    copy(
        Path.of("routes/shared/policies"), folder.resolve("routes/shared/policies"), ".camel.yaml");
    copy(Path.of("routes/shared/blocks"), folder.resolve("routes/shared/blocks"), ".camel.yaml");
    copy(FILES.resolve("pack"), folder.resolve("routes/shop"), "");
    Files.createDirectories(folder.resolve("config"));
    for (String name : new String[] {"application.yaml", "shared.yaml"}) {
      Files.copy(Path.of("config", name), folder.resolve("config").resolve(name));
    }
    Files.copy(FILES.resolve("shop.yaml"), folder.resolve("config/shop.yaml"));
    return new ShopPack(folder);
  }

  private static void copy(Path from, Path to, String ending) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  RouteTests tests() {
    return new RouteTests(folder.resolve("routes"), folder.resolve("config"));
  }

  /** Writes a file of tests of the pack, in the place of the one that is there. */
  ShopPack with(String file, String text) {
    try {
      Files.writeString(folder.resolve("routes/shop").resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text without the path of this folder. */
  String plain(Object text) {
    return text.toString().replace(folder + "/", "");
  }

  RouteTests.TestsOfFile tests(String file) {
    return tests().all().stream()
        .filter(tests -> tests.path().endsWith(file))
        .findFirst()
        .orElseThrow();
  }
}
