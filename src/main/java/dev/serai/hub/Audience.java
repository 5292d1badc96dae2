package dev.serai.hub;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients whose connections share a thread. They are written to in turns, on that thread; what
 * comes while a turn lasts is told together in the next one.
 */
final class Audience {
  private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

  private final ScheduledExecutorService loop;
  private final Attendance attendance;
  private final Joining joining = new Joining();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final Set<Client> clients = new LinkedHashSet<>(); // used on the loop only

  Audience(ScheduledExecutorService loop, Attendance attendance) {
    this.loop = loop;
    this.attendance = attendance;
    loop.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  Joining joining() {
    return joining;
  }

  /** Takes one in; called on the loop. */
  void add(Client client) {
    clients.add(client);
    advance(client);
  }

  /** Tells one what is new; called on the loop. */
  void advance(Client client) {
    attempt(client, Client::advance);
  }

  /** Forgets one that has gone; called on the loop. */
  void remove(Client client) {
    clients.remove(client);
  }

  /** Has all told what is new. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      loop.execute(this::advance);
    }
  }

  private void advance() {
    awake.set(false);
    for (Client client : List.copyOf(clients)) {
      advance(client);
    }
  }

  private void look() {
    long now = System.nanoTime();
    Instant today = Instant.now();
    for (Client client : List.copyOf(clients)) {
      attempt(client, one -> one.look(now, today, ending -> ended(one, ending)));
    }
  }

  /** Does something for one; whatever comes of it, the others of this thread go on. */
  private void attempt(Client client, Consumer<Client> task) {
    try {
      task.accept(client);
    } catch (Throwable e) {
      LOG.error("stream-failed: the stream of a client ends, the others go on", e);
      remove(client);
      end(client, Ending.FAILED);
    }
  }

  private void end(Client client, Ending ending) {
    try {
      client.end(ending, reason -> ended(client, reason));
    } catch (Throwable e) {
      LOG.debug("The stream of a client could not be ended", e);
    }
  }

  private void ended(Client client, Ending ending) {
    attendance.ended(client.channel(), ending);
  }

  /** Ends all; nobody comes after that. */
  void close() {
    loop.execute(
        () -> {
          for (Client client : List.copyOf(clients)) {
            end(client, Ending.GOING_AWAY);
          }
        });
  }
}
