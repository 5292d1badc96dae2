package dev.serai.ordering;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies in files that have no name: their room is free when the process ends, however it does. One
 * file after the other is filled; each is gone when all of its bodies are. Thread-safe.
 */
final class Spill {
  private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
  private static final long FULL = 4L << 20; // bytes

  private final Path folder;
  private @Nullable Part current;

  Spill(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a body.
   *
   * @throws IOException there is no room, or no folder that can be written
   */
  synchronized Bodies.Body write(byte[] bytes) throws IOException {
    Part part = current;
    if (part == null || part.end >= FULL) {
      part = new Part();
      current = part;
    }
    return part.append(bytes);
  }

  /** Not interruptible, as a channel would be: that closes the file under all its bodies. */
  private RandomAccessFile open() throws IOException {
    Path path = Files.createTempFile(Files.createDirectories(folder), "window", "");
    try {
      return new RandomAccessFile(path.toFile(), "rw");
    } finally {
      Files.delete(path);
    }
  }

  /** One file. */
  private final class Part {
    private final RandomAccessFile file = open();
    private long end;
    private int bodies;

    Part() throws IOException {}

    private Bodies.Body append(byte[] bytes) throws IOException {
      file.seek(end);
      file.write(bytes);
      Place place = new Place(this, end, bytes.length);
      end += bytes.length;
      bodies++;
      return place;
    }

    private byte[] read(long from, int length) throws IOException {
      synchronized (Spill.this) {
        byte[] bytes = new byte[length];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
      }
    }

    private void free() throws IOException {
      synchronized (Spill.this) {
        bodies--;
        if (bodies == 0 && this == current) {
          current = null;
        }
        if (bodies == 0) {
          file.close();
        }
      }
    }
  }

  /** Where a body is. */
  private record Place(Part part, long from, int length) implements Bodies.Body {
    @Override
    public byte[] bytes() throws IOException {
      return part.read(from, length);
    }

    @Override
    public void free() {
      try {
        part.free();
      } catch (IOException e) {
        LOG.debug("A file without a name could not be closed", e);
      }
    }
  }
}
