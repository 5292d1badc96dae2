package dev.serai.cli;

import java.nio.file.Path;

/** Paths as a person writes them. */
final class Paths {
  private Paths() {}

  /** Relative when it is below the current folder. */
  static Path fromHere(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path there = path.toAbsolutePath().normalize();
    return there.startsWith(here) && !there.equals(here) ? here.relativize(there) : there;
  }
}
