package dev.serai.webhooks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits in memory for one endpoint, and how much is under way to it. Thread-safe; nothing here
 * waits. Times are of {@link System#nanoTime}.
 */
final class Lane {
  private final WebhookSettings settings;
  private final Pace pace;
  private final Alarm alarm = new Alarm();
  private final Deque<Held> waiting = new ArrayDeque<>();
  private Directory.Entry entry;
  private int calls;
  private int reserved;
  private boolean more = true;
  private boolean fetching;
  private boolean probing;
  private boolean pumping;
  private boolean again;
  private boolean closed;

  Lane(Directory.Entry entry, WebhookSettings settings) {
    this.entry = entry;
    this.settings = settings;
    this.pace = new Pace(entry.endpoint().id(), settings);
  }

  synchronized Directory.Entry entry() {
    return entry;
  }

  synchronized void set(Directory.Entry now) {
    if (now.endpoint().isActive() && !entry.endpoint().isActive()) {
      pace.reset();
      alarm.forget();
      more = true;
    }
    entry = now;
  }

  /** How many more it may have in memory. */
  synchronized int room(long now) {
    int limit;
    if (closed) {
      limit = 0;
    } else if (!entry.endpoint().isActive()) {
      limit = probing ? 1 : 0;
    } else if (pace.rest(now) > 0) {
      limit = 0;
    } else {
      limit = pace.isTrial() ? 1 : pace.slots(now) + settings.ahead();
    }
    return limit - waiting.size() - calls - reserved;
  }

  /** Keeps a place for a delivery that is just being stored, unless others wait in the store. */
  synchronized boolean reserve(long now) {
    if (more || fetching || room(now) <= 0) {
      return false;
    }
    reserved++;
    return true;
  }

  /** The delivery could not be stored. */
  synchronized void release() {
    reserved--;
  }

  /** It is stored; false when nothing is made here any more. */
  synchronized boolean put(Held delivery) {
    reserved--;
    return !closed && waiting.add(delivery);
  }

  /** Some wait in the store. */
  synchronized void expect() {
    more = true;
  }

  /** Whether some have to be fetched now; then {@link #fetched} has to follow. */
  synchronized boolean beginFetch(long now) {
    if (!more || fetching || waiting.size() > settings.ahead() / 2 || room(now) <= 0) {
      return false;
    }
    more = false;
    fetching = true;
    return true;
  }

  /** None may be left when none came. Returns what cannot be made here any more. */
  synchronized List<Held> fetched(List<Held> deliveries) {
    fetching = false;
    more |= !deliveries.isEmpty();
    waiting.addAll(deliveries);
    return closed ? close() : List.of();
  }

  /** Tries whether a disabled endpoint is there again. */
  synchronized void probe() {
    probing = !entry.endpoint().isActive();
    more = true;
  }

  synchronized boolean isProbing() {
    return probing;
  }

  /** Whether the caller is the one who makes calls now; another one is asked to look again. */
  synchronized boolean enter() {
    again = pumping;
    boolean first = !pumping;
    pumping = true;
    return first;
  }

  /** Whether the caller has to look again. */
  synchronized boolean mustStay() {
    boolean stay = again;
    again = false;
    pumping = stay;
    return stay;
  }

  /**
   * What to do next.
   *
   * @param delivery to be made now, whose end must be told; null: none
   * @param pause nanoseconds until there may be one; 0: somebody else will say
   * @param idle what cannot be made here any more
   */
  record Next(@Nullable Held delivery, long pause, List<Held> idle) {}

  synchronized Next next(long now) {
    List<Held> idle = new ArrayList<>();
    boolean active = !closed && entry.endpoint().isActive();
    if (!active && !probing || active && pace.rest(now) > 0) {
      idle.addAll(waiting);
      waiting.clear();
      more |= !idle.isEmpty();
      return new Next(null, active ? alarm.after(pace.rest(now), now) : 0, idle);
    }
    while (!waiting.isEmpty() && isLate(waiting.element(), now)) {
      idle.add(waiting.remove());
      more = true;
    }
    if (waiting.isEmpty() || calls >= (probing ? 1 : pace.slots(now))) {
      return new Next(null, 0, idle);
    }
    long wait = probing ? 0 : pace.begin(entry.endpoint().settings().rateLimit(), now);
    if (wait > 0) {
      return new Next(null, alarm.after(wait, now), idle);
    }
    calls++;
    return new Next(waiting.remove(), 0, idle);
  }

  /** Whether its lease may end before its answer. */
  private boolean isLate(Held delivery, long now) {
    return delivery.lease().left(now) < settings.timeout().toNanos();
  }

  /** An alarm rings. */
  synchronized void awake(long now) {
    alarm.ring(now);
  }

  /**
   * A call has ended.
   *
   * @return whether it was a try
   */
  synchronized boolean end(Outcome outcome, Duration took, long now) {
    calls--;
    boolean tried = probing;
    probing = false;
    if (!tried) {
      pace.end(outcome, took, now);
      if (outcome.isBusy()) {
        outcome.retryAfter().ifPresent(wait -> pace.rest(wait, now));
      }
    }
    return tried;
  }

  /** Takes away what waits: from now on nothing is made here any more. */
  synchronized List<Held> close() {
    closed = true;
    probing = false;
    List<Held> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
