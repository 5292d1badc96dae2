package dev.serai.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the messages in line to the broker, over one channel after the other. One thread's work.
 */
final class LineWriter implements ConnectionLoop.Work {
  private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
  private static final int WAIT_MILLIS = 100;

  private final WaitingLine line;
  private final PublishOutcomes outcomes;
  private final Declarations declarations;
  private final int maxUnconfirmed;
  private final ScheduledExecutorService clock;
  private volatile @Nullable PublishingSession session;
  private volatile boolean running = true;
  private volatile long drainUntil;

  /**
   * A writer that has not begun.
   *
   * @param maxUnconfirmed messages on their way at most
   * @param clock waits for the broker's late returns
   */
  LineWriter(
      WaitingLine line,
      PublishOutcomes outcomes,
      Declarations declarations,
      int maxUnconfirmed,
      ScheduledExecutorService clock) {
    this.line = line;
    this.outcomes = outcomes;
    this.declarations = declarations;
    this.maxUnconfirmed = maxUnconfirmed;
    this.clock = clock;
  }

  boolean isRunning() {
    return running;
  }

  /** Ends it: what is in line is still sent and its confirms are awaited, but only for so long. */
  void finish(Duration patience) {
    drainUntil = System.nanoTime() + patience.toNanos();
    running = false;
  }

  @Override
  public boolean over(Connection raw) {
    AtomicBoolean confirmed = new AtomicBoolean();
    PublishingConnection connection = new PublishingConnection(raw);
    try {
      while (running && connection.isOpen()) {
        run(open(connection, confirmed));
      }
    } catch (IOException | AlreadyClosedException e) {
      LOG.debug("The channel could not be opened", e);
    }
    return confirmed.get();
  }

  private PublishingSession open(PublishingConnection connection, AtomicBoolean confirmed)
      throws IOException {
    PublishingSession.Window window = PublishingSession.Window.of(maxUnconfirmed);
    Confirms confirms =
        new Confirms(
            clock,
            connection.returnPatienceMillis(),
            (message, failure) -> {
              confirmed.compareAndSet(false, failure == null);
              outcomes.settle(message, failure);
            },
            window.permits()::release);
    return new PublishingSession(connection, connection.exchanges(declarations), confirms, window);
  }

  private void run(PublishingSession current) {
    session = current;
    try {
      while (current.isOpen() && isWanted(current)) {
        sendNext(current);
      }
      current.leave(() -> isWanted(current));
    } catch (IOException e) {
      LOG.debug("The channel is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      session = null;
      abandon(current);
    }
  }

  private boolean isWanted(PublishingSession current) {
    return running || (System.nanoTime() - drainUntil < 0 && !(line.isEmpty() && current.isIdle()));
  }

  private void sendNext(PublishingSession current) throws IOException, InterruptedException {
    if (!current.hasRoom()) {
      return;
    }
    PendingMessage next = line.next(running ? WAIT_MILLIS : 1);
    if (next == null || next.isOver()) {
      current.giveRoomBack();
      return;
    }
    try {
      current.require(next.message().exchange());
    } catch (PublishException e) {
      current.giveRoomBack();
      outcomes.settle(next, e);
      return;
    } catch (IOException e) {
      line.comeBack(next);
      throw e;
    }
    try {
      current.send(next);
      if (next.isSuspect()) {
        current.awaitOutcome(next);
      }
    } catch (UnsendableException e) {
      outcomes.settle(next, e);
    }
  }

  /**
   * The channel is gone, and nobody knows what became of its messages. While the connection lives
   * they go back to the line in their order: what the broker had taken already is then there twice.
   *
   * <p>The broker has closed the channel over one of them, such as one to an exchange that this
   * login may not write to. So that this one cannot keep all others from being sent, each goes
   * alone now, and that over which a channel is closed again is refused.
   */
  private void abandon(PublishingSession lost) {
    List<PendingMessage> unconfirmed = lost.unconfirmed();
    if (unconfirmed.size() == 1 && unconfirmed.get(0).isSuspect() && lost.isRefused()) {
      outcomes.settle(
          unconfirmed.get(0),
          new MessageNackedException(
              "The broker has closed the channel over the %s: %s"
                  .formatted(unconfirmed.get(0), lost.closeReason())));
      return;
    }
    for (int i = unconfirmed.size() - 1; i >= 0; i--) {
      PendingMessage message = unconfirmed.get(i);
      if (running && lost.connectionIsOpen()) {
        message.suspect();
        line.comeBack(message);
      } else {
        outcomes.settle(
            message,
            new ConnectionLostException(
                "The connection ended before the confirm of the " + message));
      }
    }
  }

  /** Tells those on their way that their confirms have not come in time. */
  void expire(long nanos) {
    PublishingSession current = session;
    if (current != null) {
      current.expire(nanos);
    }
  }

  /** Tells those on their way that nobody waits for their confirms any more. */
  void abandon() {
    PublishingSession current = session;
    if (current != null) {
      abandon(current);
    }
  }
}
