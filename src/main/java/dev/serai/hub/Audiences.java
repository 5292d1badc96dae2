package dev.serai.hub;

import dev.serai.http.LiveAnswer.Caller;
import dev.serai.http.LiveSocket;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** All clients of this process, by the thread of their connection. Thread-safe. */
final class Audiences {
  private static final long SOONEST = 1000; // milliseconds
  private static final double JITTER = 0.1; // of the age

  private final HubSettings settings;
  private final Attendance attendance;
  private final Random random = new Random();
  private final Map<ScheduledExecutorService, Audience> audiences = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Audiences(HubSettings settings, Attendance attendance) {
    this.settings = settings;
    this.attendance = attendance;
  }

  int mostTopics() {
    return settings.most().topics();
  }

  Attendance attendance() {
    return attendance;
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes a client in; called on the loop of its connection. */
  Client add(Following following, Caller caller, Client.Library library) {
    Audience audience =
        audiences.computeIfAbsent(caller.loop(), loop -> new Audience(loop, attendance));
    Client client =
        new Client(following, caller, outlet(following, caller, audience), library, limits());
    String name = following.subscription().client();
    boolean mayStay = attendance.enter(following.channel(), name);
    boolean stays = mayStay && !closed;
    if (stays) {
      following.visit().begins(); // before it can end
    }
    caller.whenReady(() -> audience.advance(client));
    caller.whenGone(
        () -> {
          attendance.leave(following.channel(), name);
          audience.remove(client);
          if (stays) {
            following.visit().ends();
          }
        });
    if (!stays) {
      end(client, mayStay ? Ending.GOING_AWAY : Ending.TOO_MANY);
    } else {
      audience.add(client);
    }
    return client;
  }

  /** Ends one, and counts that; called on the loop of its connection. */
  void end(Client client, Ending ending) {
    client.end(ending, reason -> attendance.ended(client.channel(), reason));
  }

  private Outlet outlet(Following following, Caller caller, Audience audience) {
    long latest = Math.max(SOONEST, settings.comeBack().toMillis());
    long comeBack = SOONEST + (long) (random.nextDouble() * (latest - SOONEST));
    return caller instanceof LiveSocket.Caller socket
        ? new SocketOutlet(socket, comeBack)
        : new EventStreamOutlet(
            caller, audience.joining(), following.subscription().manner().pad(), comeBack);
  }

  private Client.Limits limits() {
    long age = settings.maxAge().toNanos();
    long early = (long) (age * JITTER * random.nextDouble()); // so that not all end together
    long until = age == 0 ? Long.MAX_VALUE / 2 : age - early;
    return new Client.Limits(
        settings.heartbeat().toNanos(), settings.patience().toNanos(), System.nanoTime() + until);
  }

  /** Has all told what is new. */
  void wake() {
    audiences.values().forEach(Audience::wake);
  }

  /** Ends all streams; who comes from now on is sent away. */
  void close() {
    closed = true;
    audiences.values().forEach(Audience::close);
  }
}
