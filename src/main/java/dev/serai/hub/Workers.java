package dev.serai.hub;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;

/**
 * The threads of a hub that may wait for the store.
 *
 * @param intake writes updates
 * @param pages reads them for clients that are behind
 */
record Workers(Intake intake, Pages pages, Thread writer, ScheduledExecutorService readers) {
  private static final int READERS = 2;

  static Workers start(
      Archive archive, BiFunction<Channel, List<Kept>, CompletableFuture<Void>> told) {
    Intake intake = new Intake(archive.history(), told);
    Thread writer = daemon("serai-streams-writer").newThread(intake);
    writer.start();
    ScheduledExecutorService readers =
        Executors.newScheduledThreadPool(READERS, daemon("serai-streams-reader"));
    return new Workers(intake, new Pages(archive.reader(), readers), writer, readers);
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void stop() {
    writer.interrupt();
    readers.shutdownNow();
  }
}
