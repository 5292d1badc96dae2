package dev.serai.ordering;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The bodies of all messages that wait in windows. As many as the budget allows are in memory, the
 * rest in files: a broker cannot be asked for some bytes, only for some messages, and what it has
 * delivered cannot be given back without losing its place. Thread-safe.
 */
@Component
class Bodies {
  private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);

  private final long most;
  private final Spill spill;
  private long inMemory;
  private boolean failed;

  @Autowired
  Bodies(
      @Value("${ordering.memory-bytes}") long most, @Value("${serai.data}/windows") Path folder) {
    this(most, new Spill(folder));
  }

  Bodies(long most, Spill spill) {
    this.most = most;
    this.spill = spill;
  }

  /** One of them. */
  interface Body {

    /**
     * Reads it.
     *
     * @throws IOException the file cannot be read
     */
    byte[] bytes() throws IOException;

    /** Says that nobody asks for it any more. Once. */
    void free();
  }

  /** Keeps one: in memory as long as there is room, or when there is no other place. */
  Body keep(byte[] bytes) {
    if (took(bytes.length)) {
      return new InMemory(bytes);
    }
    try {
      return spill.write(bytes);
    } catch (IOException e) {
      sayOnce(e);
      add(bytes.length);
      return new InMemory(bytes);
    }
  }

  private synchronized boolean took(int length) {
    if (inMemory + length > most) {
      return false;
    }
    inMemory += length;
    return true;
  }

  private synchronized void add(long length) {
    inMemory += length;
  }

  /** Bytes that are in memory. */
  synchronized long inMemory() {
    return inMemory;
  }

  private synchronized void sayOnce(IOException why) {
    if (!failed) {
      failed = true;
      LOG.error(
          "no-room-for-windows: messages that wait in order cannot be written to the data folder and"
              + " stay in memory, which may not suffice: {}",
          why.toString());
    }
  }

  private final class InMemory implements Body {
    private final int length;
    private volatile byte @Nullable [] bytes; // timers may know the message for long

    InMemory(byte[] bytes) {
      this.length = bytes.length;
      this.bytes = bytes;
    }

    @Override
    public byte[] bytes() throws IOException {
      byte[] there = bytes;
      if (there == null) {
        throw new IOException("The body is not kept any more");
      }
      return there;
    }

    @Override
    public void free() {
      bytes = null;
      add(-length);
    }
  }
}
