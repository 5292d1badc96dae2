package dev.serai.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A file, or a folder with all that is in it, whose bytes are not taken.
 *
 * @param name of the error as in {@code src/docs/errors.md}
 * @param file where, and what is wrong
 */
public record RefusedFile(String name, BadRouteFile file) {
  private static final String UNREADABLE = "unreadable-file";

  /** A link that leads out of a folder. */
  static RefusedFile outside(Path at, Path folder) {
    return new RefusedFile(
        "outside-link",
        new BadRouteFile(
            at, 1, 1, "a link that leads out of " + folder, "put the file itself there"));
  }

  /** One that is there, but its bytes are not to be had now. */
  static RefusedFile unreadable(Path at, IOException failure) {
    String reason = failure instanceof FileSystemException named ? named.getReason() : null;
    String kind = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
    return new RefusedFile(
        UNREADABLE,
        new BadRouteFile(
            at,
            1,
            1,
            "it cannot be read (%s)".formatted(reason == null ? kind : reason),
            "mend its permissions or the disk"));
  }

  /** Whether it may be as it was before. */
  boolean isUnreadable() {
    return name.equals(UNREADABLE);
  }

  /** The same of another file. */
  RefusedFile of(Path other) {
    return new RefusedFile(
        name, new BadRouteFile(other, file.line(), file.column(), file.wrong(), file.remedy()));
  }
}
