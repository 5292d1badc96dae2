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
  private volatile boolean spoilt;
  private boolean over;
  private boolean closed;

  Link(Acks acks, Crew crew, Memory memory) {
    this.acks = acks;
    this.crew = crew;
    this.memory = memory;
  }

  /** Takes a message that the broker delivers. */
  synchronized void take(Held message, boolean again) {
    if (over) {
      message.drop();
      return;
    }
    served = true;
    if (again && lines.isEmpty(message.line()) && memory.takeDone(message)) {
      acknowledgeAgain(message);
      return;
    }
    if (again) {
      memory.rest(message).ifPresent(rest -> later(message, rest));
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
      crew.begin(this::ask);
    }
  }

  /** When the broker does not say what it has got, all comes again, over a new channel. */
  private void ask() {
    if (!acks.ask(this::passed)) {
      spoilt = true;
      pause();
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
      if (settled(message, wait)) {
        ask();
      }
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

  /** Says whether somebody has to ask the broker for what it has got. */
  private synchronized boolean settled(Held message, Optional<Duration> wait) {
    running--;
    boolean ask = false;
    if (wait.isPresent()) {
      memory.waits(message, wait.get());
      later(message, wait.get());
    } else {
      memory.done(message);
      message.become(Held.State.DONE);
      ask = !over && acks.send(message) && acks.note(message);
    }
    if (over) {
      message.drop(); // it was not, while it ran
    }
    leave();
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
      message.drop();
      lines.remove(message).ifPresent(this::begin);
    }
  }

  private void later(Held message, Duration wait) {
    message.become(Held.State.WAITING);
    crew.later(() -> ready(message), wait);
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
    leave();
  }

  /** Goes on, unless the channel is closed by now. */
  synchronized void resume() {
    paused = spoilt;
    lines.heads().forEach(this::begin);
  }

  /** When nothing runs, all that is not acknowledged goes back to its place in the queue. */
  private void leave() {
    if (paused && !over && running == 0) {
      finish();
      crew.end(this::end);
    }
  }

  private synchronized void finish() {
    over = true;
    lines.drop();
    notifyAll();
  }

  /** The channel is gone. */
  synchronized void lost() {
    finish();
    closed = true;
  }

  /** Waits until nothing runs any more, but only for so long. */
  synchronized void await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (running > 0 && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
  }

  /** Closes the channel, whatever runs. */
  void end() {
    finish();
    acks.end();
    lost();
  }

  /** Whether another channel is needed: this one is closed, and nothing runs over it. */
  synchronized boolean isFinished() {
    return closed && running == 0;
  }

  /** Whether the broker gives the partition to this instance, as far as that is known. */
  synchronized boolean isServed() {
    return served && !paused && !over;
  }

  /** Whether a message has waited here for longer; the broker takes it back some time. */
  synchronized boolean hasOlderThan(Duration age) {
    return !over && lines.hasOlderThan(age);
  }

  /** Messages that are not acknowledged. */
  synchronized int size() {
    return over ? 0 : lines.size();
  }

  /** Keys whose first message has failed and waits. */
  synchronized int waiting() {
    return over ? 0 : lines.waiting();
  }
}
