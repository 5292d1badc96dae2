package dev.serai.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What one start has found out of the shipped route files, so that the next ones need not: that
 * they are good, and the classes of those in Java. {@code ./serai} keeps the same beside the
 * program.
 */
final class KnownRoutes {
  private static final Path FOLDER = Path.of("target", "known-routes");
  private static final Path NOTE = FOLDER.resolve("routes.checked");

  static final Path CLASSES = FOLDER.resolve("classes").toAbsolutePath();

  private KnownRoutes() {}

  /** Tells a Serai with this data folder; it still looks whether the files are these. */
  static void take(Path data) {
    Path note = data.resolve(NOTE.getFileName());
    try {
      if (Files.isRegularFile(NOTE) && !Files.exists(note)) {
        Files.createDirectories(data);
        Files.copy(NOTE, note);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what a Serai that has started has found out. */
  static void keep(Path data) {
    Path note = data.resolve(NOTE.getFileName());
    try {
      if (Files.isRegularFile(note)
          && !(Files.isRegularFile(NOTE) && Files.mismatch(note, NOTE) == -1)) {
        Files.createDirectories(FOLDER);
        Path own = Files.createTempFile(FOLDER, "note", null); // another test may do the same
        Files.copy(note, own, StandardCopyOption.REPLACE_EXISTING);
        Files.move(own, NOTE, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
