package dev.serai.hub;

import dev.serai.http.LiveAnswer.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows topics: a place in the order of updates that moves on as the connection
 * takes them. Used on the loop of its connection only.
 */
final class Client {
  private static final int CHUNK = 64 * 1024; // bytes in one write, but for one update

  private final Channel channel;
  private Subscription subscription;
  private final Caller caller;
  private final Outlet outlet;
  private final Library library;
  private final Limits limits;
  private long place;
  private long writtenAt = System.nanoTime();
  private long stuckSince;
  private boolean reading;
  private boolean telling;
  private boolean over;

  /**
   * When a client has to end, or to be written to.
   *
   * @param heartbeat nanoseconds without a write
   * @param patience nanoseconds for which its connection may take nothing
   * @param until {@link System#nanoTime} at which it is too old
   */
  record Limits(long heartbeat, long patience, long until) {}

  /** Where the updates are. */
  record Library(Ring ring, Pages pages) {}

  Client(Following following, Caller caller, Outlet outlet, Library library, Limits limits) {
    this.channel = following.channel();
    this.subscription = following.subscription();
    this.place = following.place();
    this.caller = caller;
    this.outlet = outlet;
    this.library = library;
    this.limits = limits;
  }

  Channel channel() {
    return channel;
  }

  boolean isOver() {
    return over || caller.isGone();
  }

  /** Tells what is new, as much as the connection takes. */
  void advance() {
    while (!over && !reading && !telling && place < library.ring().last()) {
      long next = place + 1;
      List<Frame> wanted = new ArrayList<>();
      int bytes = 0;
      long last = library.ring().last();
      while (next <= last && bytes < CHUNK) {
        Frame frame = library.ring().at(next);
        if (next < library.ring().first()) {
          break;
        }
        if (frame != null && subscription.wants(frame.update())) {
          wanted.add(frame);
          bytes += frame.size();
        }
        next++;
      }
      if (!wanted.isEmpty() && !isReady()) {
        return;
      }
      place = next - 1;
      tell(wanted);
      if (next < library.ring().first()) {
        readOlder();
        return; // goes on when the page is there, or the connection takes more
      }
    }
  }

  /** Writes; the connection may be ready for more before it has ended, and say so. */
  private void tell(List<Frame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    telling = true;
    try {
      outlet.tell(frames);
    } finally {
      telling = false;
    }
    writtenAt = System.nanoTime();
  }

  private boolean isReady() {
    if (caller.isReady()) {
      stuckSince = 0;
      return true;
    }
    if (stuckSince == 0) {
      stuckSince = System.nanoTime();
    }
    return false;
  }

  Subscription subscription() {
    return subscription;
  }

  /**
   * Goes on with other topics.
   *
   * @param from the place to go back to; null: it stays where it is
   */
  void follow(Subscription changed, @Nullable Long from) {
    subscription = changed;
    if (from != null) {
      place = from;
    }
    advance();
  }

  private void readOlder() {
    if (!isReady()) {
      return;
    }
    reading = true;
    Subscription asking = subscription;
    long from = place;
    library
        .pages()
        .read(asking::wants, channel, from, library.ring().first() - 1)
        .whenComplete(
            (page, failure) ->
                caller
                    .loop()
                    .execute(
                        () -> {
                          reading = false;
                          if (asking.equals(subscription) && from == place) {
                            turn(page);
                          } else { // it wants something else by now
                            advance();
                          }
                        }));
  }

  /** A page of the history has come; none if the store did not answer: it is asked again later. */
  private void turn(Pages.@Nullable Page page) {
    if (page == null || isOver()) {
      return;
    }
    place = page.upTo();
    tell(page.frames()); // it was ready when the page was asked for
    advance();
  }

  /** Looks at the time: ends what has to end, and goes on with what was held up. */
  void look(long now, Instant today, Consumer<Ending> ended) {
    if (isOver()) {
      return;
    }
    if (subscription.expires() != null && !today.isBefore(subscription.expires())) {
      end(Ending.EXPIRED, ended);
    } else if (now - limits.until() > 0) {
      end(Ending.AGE, ended);
    } else if (!isReady()) {
      if (now - stuckSince > limits.patience()) {
        over = true;
        outlet.cut(Ending.TOO_SLOW);
        ended.accept(Ending.TOO_SLOW);
      }
    } else if (now - writtenAt > limits.heartbeat()) {
      outlet.sayAlive();
      writtenAt = now;
    } else {
      advance();
    }
  }

  /** Ends it with a reason. */
  void end(Ending ending, Consumer<Ending> ended) {
    if (!isOver()) {
      over = true;
      outlet.close(ending);
      ended.accept(ending);
    }
  }
}
