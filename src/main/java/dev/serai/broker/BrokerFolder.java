package dev.serai.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the embedded broker, for one process at a time.
 *
 * @param path absolute
 * @param durable whether the broker keeps its messages there
 * @param lock open while the folder is in use
 */
record BrokerFolder(Path path, boolean durable, FileChannel lock) implements AutoCloseable {

  /**
   * Creates the folder where it is missing and locks it.
   *
   * @throws BrokerStartException if another process uses it or it cannot be written
   */
  static BrokerFolder lock(Path data, boolean durable) {
    Path path = data.resolve("broker").toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new BrokerStartException(
            "data-folder-in-use: %s belongs to another running Serai; stop that one, or set SERAI_DATA to another folder"
                .formatted(data));
      }
      return new BrokerFolder(path, durable, channel);
    } catch (IOException e) {
      throw new BrokerStartException(
          "data-folder-not-writable: %s cannot be written; set SERAI_DATA to a folder that can"
              .formatted(path),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by another Serai in this very process, as tests have
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
