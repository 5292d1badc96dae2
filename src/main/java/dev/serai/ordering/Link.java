package dev.serai.ordering;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The window of a partition over one channel: tries its messages, one at a time per key, and
 * acknowledges those that are done. Nothing is ever given back one by one, which would lose the
 * order: the channel is closed, and all that was not acknowledged is back in its place.
 * Thread-safe.
 */
final class Link {
  private final Acks acks;
  private final Crew crew;
  private final Memory memory;
  private final Lines lines = new Lines();
  private int running;
  private boolean served;
  private boolean paused;
  private boolean over;

  Link(Acks acks, Crew crew, Memory memory) {
    this.acks = acks;
    this.crew = crew;
    this.memory = memory;
  }

  /** Takes a message that the broker delivers. */
  synchronized void take(Held message, boolean again) {
    if (over) {
      return;
    }
    served = true;
    if (again && lines.isEmpty(message.key()) && memory.takeDone(message)) {
      acknowledgeAgain(message);
      return;
    }
    Duration rest = again ? memory.rest(message) : Duration.ZERO;
    if (rest.compareTo(Duration.ZERO) > 0) {
      message.become(Held.State.WAITING);
      later(message, rest);
    }
    if (lines.add(message)) {
      begin(message);
    }
  }

  /** Of one that is done: the broker did not get it. The next of its key waits here too. */
  private void acknowledgeAgain(Held message) {
    message.become(Held.State.DONE);
    lines.add(message);
    if (acks.send(message) && acks.note(message)) {
      crew.begin(() -> acks.ask(this::passed));
    }
  }

  private void begin(Held message) {
    if (!paused && !over && message.is(Held.State.READY)) {
      crew.begin(() -> run(message));
    }
  }

  private void run(Held message) {
    if (!mayRun(message)) {
      return;
    }
    Optional<Duration> wait = Optional.of(Duration.ofSeconds(1));
    try {
      wait = crew.work().attempt(message);
    } finally {
      ended(message, wait);
    }
  }

  private synchronized boolean mayRun(Held message) {
    if (paused || over || !message.is(Held.State.READY)) {
      return false;
    }
    message.become(Held.State.RUNNING);
    running++;
    return true;
  }

  private void ended(Held message, Optional<Duration> wait) {
    if (settled(message, wait)) {
      acks.ask(this::passed);
    }
  }

  /** Says whether somebody has to ask the broker for what it has got. */
  private synchronized boolean settled(Held message, Optional<Duration> wait) {
    running--;
    boolean ask = false;
    if (wait.isPresent()) {
      memory.waits(message, wait.get());
      message.become(Held.State.WAITING);
      later(message, wait.get());
    } else {
      memory.done(message);
      message.become(Held.State.DONE);
      ask = !over && acks.send(message) && acks.note(message);
    }
    if (paused && running == 0) {
      leave();
    }
    notifyAll();
    return ask;
  }

  /**
   * The next message of a key begins when the broker has the acknowledgement of the one before.
   * Else, after a crash, that one could come again although the next was done.
   */
  private synchronized void passed(List<Held> some) {
    for (Held message : some) {
      memory.forget(message);
      lines.remove(message).ifPresent(this::begin);
    }
  }

  private void later(Held message, Duration wait) {
    if (!over) {
      crew.later(() -> ready(message), wait);
    }
  }

  private synchronized void ready(Held message) {
    message.become(Held.State.READY);
    if (lines.heads().contains(message)) {
      begin(message);
    }
  }

  /** Begins nothing more; the channel is closed when nothing runs any more. */
  synchronized void pause() {
    paused = true;
    if (running == 0) {
      leave();
    }
  }

  /** Goes on, unless the channel is closed by now. */
  synchronized void resume() {
    paused = false;
    lines.heads().forEach(this::begin);
  }

  /** All that is not acknowledged goes back to its place in the queue. */
  private void leave() {
    if (!over) {
      over = true;
      crew.end(acks::end);
    }
  }

  /** The channel is gone. */
  synchronized void lost() {
    over = true;
    notifyAll();
  }

  /** Waits until nothing runs any more; says whether that was in time. */
  synchronized boolean await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (running > 0 && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    return running == 0;
  }

  /** Closes the channel, whatever runs. */
  void end() {
    lost();
    acks.end();
  }

  /** Whether another channel is needed, and nothing runs over this one. */
  synchronized boolean isFinished() {
    return over && running == 0;
  }

  /** Whether the broker gives the partition to this instance, as far as that is known. */
  synchronized boolean isServed() {
    return served && !paused && !over;
  }

  synchronized boolean isOver() {
    return over;
  }

  /** Whether a message has been here for longer; the broker takes it back some time. */
  synchronized boolean hasOlderThan(Duration age) {
    return !over && lines.oldest().filter(held -> held.age() > age.toNanos()).isPresent();
  }

  /** Messages that are not acknowledged. */
  synchronized int size() {
    return over ? 0 : lines.size();
  }

  /** Keys whose first message has failed and waits. */
  synchronized int waiting() {
    return over
        ? 0
        : Math.toIntExact(
            lines.heads().stream().filter(head -> head.is(Held.State.WAITING)).count());
  }
}
