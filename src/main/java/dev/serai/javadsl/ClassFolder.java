package dev.serai.javadsl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled classes on disk, a jar per source, so that a start need not compile what has not
 * changed. A folder that cannot be written, or a damaged file, costs a compilation and no more.
 *
 * @param folder made when it is not there
 */
record ClassFolder(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(ClassFolder.class);
  private static final String JAR = ".jar";
  private static final String CLASS = ".class";
  private static final int MOST_FILES = 100;

  /** What was put there under a key. */
  Optional<SortedMap<String, byte[]>> get(String key) {
    Path file = folder.resolve(key + JAR);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (InputStream bytes = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(bytes)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        classes.put(entry.getName().replace(CLASS, "").replace('/', '.'), zip.readAllBytes());
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read; it is made again", file, e);
      return Optional.empty();
    }
    return classes.isEmpty() ? Optional.empty() : Optional.of(classes);
  }

  /** Keeps classes under a key; the oldest of very many go. */
  void put(String key, SortedMap<String, byte[]> classes) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, key, ".part");
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
        for (var type : classes.entrySet()) {
          zip.putNextEntry(new ZipEntry(type.getKey().replace('.', '/') + CLASS));
          zip.write(type.getValue());
        }
      }
      Files.move(part, folder.resolve(key + JAR), StandardCopyOption.ATOMIC_MOVE);
      removeOldest();
    } catch (IOException e) {
      LOG.debug("{} cannot be written; the next start compiles again", folder, e);
    }
  }

  private void removeOldest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> newestFirst =
          files
              .filter(file -> file.toString().endsWith(JAR))
              .sorted(Comparator.comparingLong((Path file) -> changed(file)).reversed())
              .toList();
      for (Path old : newestFirst.stream().skip(MOST_FILES).toList()) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static long changed(Path file) {
    return file.toFile().lastModified();
  }
}
