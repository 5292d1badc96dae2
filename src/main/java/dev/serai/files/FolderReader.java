package dev.serai.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files that count. What cannot be read is noted, since it is not gone: only what was
 * deleted in this moment, and loops of links, are passed over.
 */
class FolderReader extends SimpleFileVisitor<Path> {
  private final Path folder;
  private final Path real;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final List<RefusedFile> refused = new ArrayList<>();

  FolderReader(Path folder) throws IOException {
    this.folder = folder;
    this.real = folder.toRealPath();
  }

  /** Bytes by the path below the folder. */
  SortedMap<String, byte[]> files() {
    return files;
  }

  /** Links that lead out of the folder, and what cannot be read. */
  List<RefusedFile> refused() {
    return refused;
  }

  /** What a file holds; others, so that a test can have a disk that fails. */
  byte[] bytes(Path file) throws IOException {
    return RouteFolder.bytes(file);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
    if (at.equals(folder)) {
      return FileVisitResult.CONTINUE;
    }
    try {
      return isHidden(at) || leadsOut(at) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    } catch (IOException e) {
      note(at, e);
      return FileVisitResult.SKIP_SUBTREE;
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    try {
      boolean isFile = attributes.isRegularFile() || attributes.isSymbolicLink(); // to nowhere
      if (isFile && !isHidden(file) && counts(file) && !leadsOut(file)) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), bytes(file));
      }
    } catch (IOException e) {
      note(file, e);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path at, IOException failure) throws IOException {
    if (at.equals(folder)) {
      throw failure;
    }
    if (!isHidden(at)) {
      note(at, failure);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path at, @Nullable IOException failure)
      throws IOException {
    return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(at, failure);
  }

  private void note(Path at, IOException failure) {
    if (!(failure instanceof NoSuchFileException || failure instanceof FileSystemLoopException)) {
      refused.add(RefusedFile.unreadable(at, failure));
    }
  }

  /** Also a folder that file systems have for themselves. */
  private static boolean isHidden(Path at) {
    String name = at.getFileName().toString();
    return name.startsWith(".") || name.equals("lost+found");
  }

  private boolean counts(Path file) {
    String name = file.getFileName().toString();
    return RouteFolder.isRoutes(name)
        || name.endsWith(RouteFolder.SCHEMA)
        || (name.equals(RouteFolder.TOPOLOGY) && folder.relativize(file).getNameCount() == 2);
  }

  private boolean leadsOut(Path at) throws IOException {
    if (at.toRealPath().startsWith(real)) {
      return false;
    }
    refused.add(RefusedFile.outside(at, folder));
    return true;
  }
}
