package dev.serai.tail;

import com.rabbitmq.client.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Messages between the broker and a reader who may be slow: what does not fit is counted and left
 * out, so that nobody else waits for that reader. Thread-safe.
 */
final class TailBuffer {
  private final int most;
  private final long mostBytes;
  private final Deque<Delivery> messages = new ArrayDeque<>();
  private long bytes;
  private long leftOut;
  private boolean closed;

  /**
   * An empty one.
   *
   * @param most messages
   * @param mostBytes of their bodies
   */
  TailBuffer(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /**
   * What the reader gets next.
   *
   * @param leftOut messages that are missing before this one
   * @param message null: none came in time
   */
  record Next(long leftOut, @Nullable Delivery message) {}

  /** Takes a message, or leaves it out. */
  synchronized void offer(Delivery message) {
    int size = message.getBody().length;
    // One that is larger than all that may wait is shown when nothing else waits.
    if (messages.size() >= most || (!messages.isEmpty() && bytes + size > mostBytes)) {
      leftOut++;
      return;
    }
    messages.add(message);
    bytes += size;
    notifyAll();
  }

  /** Waits for a message. */
  synchronized Next next(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (messages.isEmpty() && !closed) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    Delivery message = messages.poll();
    bytes -= message == null ? 0 : message.getBody().length;
    long missing = leftOut;
    leftOut = 0;
    return new Next(missing, message);
  }

  /** No message comes any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Whether that is so, and the reader has seen all. */
  synchronized boolean isOver() {
    return closed && messages.isEmpty();
  }
}
