package dev.serai.streams;

import dev.serai.http.ProblemException;
import dev.serai.streams.TaskPieces.Piece;
import dev.serai.tasks.Task;
import dev.serai.tasks.TaskAnswers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * All callers of this process who follow tasks. One thread reads for all of them from the state
 * store what is new, so that it does not matter which process does a task, or whether that is still
 * the one that began it. Thread-safe.
 */
@Component
class Followers implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final int MOST_PIECES = 500;

  private final TaskAnswers tasks;
  private final TaskPieces pieces;
  private final Duration look;
  private final int most;
  private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "task-events");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Follows nothing yet.
   *
   * @param look time between two looks
   * @param most callers at once
   */
  Followers(
      TaskAnswers tasks,
      TaskPieces pieces,
      @Value("${helixagent.tasks.stream.look:200ms}") Duration look,
      @Value("${helixagent.tasks.stream.most-followers:1000}") int most) {
    this.tasks = tasks;
    this.pieces = pieces;
    this.look = look;
    this.most = most;
  }

  /** Whether there is no room for one more. */
  boolean areTooMany() {
    return open.size() >= most;
  }

  /** Tells the caller of a stream what happens, until the end of its task. */
  void add(OpenStream stream) {
    open.add(stream);
    if (looking.compareAndSet(false, true)) { // before, nobody followed anything
      clock.scheduleWithFixedDelay(this::lookAtAll, 0, look.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void lookAtAll() {
    open.removeIf(OpenStream::isGone);
    open.stream().filter(OpenStream::isReady).forEach(this::look);
  }

  private void look(OpenStream stream) {
    try {
      Task now = tasks.find(stream.task()); // first: what came before its end is read after
      List<Piece> more = pieces.after(stream.task(), stream.last(), MOST_PIECES);
      stream.tell(more, now, Task.isOver(now.state()) && more.size() < MOST_PIECES);
    } catch (ProblemException e) { // forgotten meanwhile
      stream.end();
    } catch (RuntimeException e) { // the database is away: the stream goes on when it is back
      LOG.warn("stream-waits: task {}: {}", stream.task(), e.getMessage());
    }
    stream.keepAlive(QUIET_NANOS);
  }

  /** Ends all streams: their callers come again, to a process that goes on. */
  @Override
  public void destroy() {
    clock.shutdownNow();
    open.forEach(OpenStream::end);
  }
}
