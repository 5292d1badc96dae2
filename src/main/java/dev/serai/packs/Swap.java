package dev.serai.packs;

import dev.serai.files.Snapshot;
import dev.serai.http.HttpDoor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StopWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Exchanges route files while messages come: holds back what would reach them, waits until nothing
 * is on its way in them, takes the old ones out, puts the new ones in, and lets go again. Not
 * thread-safe.
 */
@Component
class Swap {
  private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
  private static final long LOOK_MILLIS = 2;
  private static final List<String> INNER = List.of("direct:", "kamelet:", "seda:", "servlet:");

  private final LiveRoutes live;
  private final Surroundings surroundings;
  private final HttpDoor door;
  private final Duration drain;

  /**
   * Begins with no file.
   *
   * @param drain longest wait for what is on its way
   */
  Swap(
      LiveRoutes live,
      Surroundings surroundings,
      HttpDoor door,
      @Value("${serai.reload.drain}") Duration drain) {
    this.live = live;
    this.surroundings = surroundings;
    this.door = door;
    this.drain = drain;
  }

  /** Messages are still on their way in a route; nothing was changed. */
  static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;

    BusyException(String route, int messages, Duration waited) {
      super("%s still works on %d messages after %s".formatted(route, messages, waited));
    }
  }

  /**
   * Exchanges files, and before them what they are built in.
   *
   * @param needs which of what runs now leads to which
   * @param before what runs now
   * @param selection what shall run
   * @param files to take out and put in, in load order
   * @return how long messages were held back
   * @throws Surroundings.ConflictException the broker refuses the topology; nothing was changed
   */
  Duration run(Dependencies needs, Snapshot before, Selection selection, List<String> files)
      throws BusyException, NotStartedException, Surroundings.ConflictException {
    Collection<String> held = needs.leadingTo(files);
    StopWatch watch = new StopWatch();
    List<Consumer> suspended = new ArrayList<>();
    try {
      holdBack(held, suspended);
      awaitDrained(held);
      surroundings.change(selection.checked());
      exchange(needs.inLoadOrder(files), before, selection.accepted(), files);
      surroundings.keep();
    } finally {
      letGo(suspended);
    }
    return Duration.ofMillis(watch.taken());
  }

  /** Whether one of the routes is in one of the files. */
  boolean concerns(Collection<String> files, Set<String> routes) {
    return live.routeIds(files).stream().anyMatch(routes::contains);
  }

  private void holdBack(Collection<String> files, List<Consumer> suspended) {
    List<String> paths = new ArrayList<>();
    for (String file : files) {
      for (Consumer consumer : live.consumers(file)) {
        if (consumer.getEndpoint() instanceof PlatformHttpEndpoint http) {
          paths.add(http.getPath() + (http.isMatchOnUriPrefix() ? "/*" : ""));
        } else if (isInput(consumer) && ServiceHelper.isStarted(consumer)) {
          suspended.add(consumer);
        }
      }
    }
    door.close(paths);
    suspended.forEach(ServiceHelper::suspendService);
  }

  /**
   * Whether messages enter Serai by a consumer, other than from another route or on the operator
   * port, which must answer while routes are exchanged.
   */
  private static boolean isInput(Consumer consumer) {
    String uri = consumer.getEndpoint().getEndpointUri();
    return INNER.stream().noneMatch(uri::startsWith);
  }

  private void awaitDrained(Collection<String> files) throws BusyException {
    long end = System.nanoTime() + drain.toNanos();
    while (door.inside() > 0) {
      if (System.nanoTime() - end > 0) {
        throw new BusyException("the data port", door.inside(), drain);
      }
      pause();
    }
    for (String file : files) {
      for (String route : live.routeIds(file)) {
        while (live.inflight(route) > 0) {
          if (System.nanoTime() - end > 0) {
            throw new BusyException(route, live.inflight(route), drain);
          }
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Serai stops", e);
    }
  }

  /**
   * The files that run are taken out and put back in their own order: what they need may be other
   * files than those which the new ones need.
   */
  private void exchange(List<String> old, Snapshot before, Snapshot after, List<String> files)
      throws NotStartedException {
    live.keepOperated(files);
    Set<String> gone = new HashSet<>(live.routeIds(files));
    takeOut(old);
    for (String file : files) {
      try {
        putIn(file, after);
      } catch (Exception | LinkageError | StackOverflowError e) { // code of Java routes among them
        LOG.debug("{} does not start", file, e);
        takeOut(files);
        surroundings.back(); // or what ran before would be built with what has failed
        throw new NotStartedException(file, e, putBack(before, old));
      }
    }
    gone.removeAll(live.routeIds(files));
    live.forget(gone);
  }

  private void takeOut(List<String> files) {
    for (int i = files.size() - 1; i >= 0; i--) {
      try {
        live.unload(files.get(i));
      } catch (Exception | LinkageError e) {
        LOG.error("What {} has put in cannot be taken out whole", files.get(i), e);
      }
    }
  }

  private void putIn(String file, Snapshot snapshot) throws Exception {
    byte[] bytes = snapshot.files().get(file);
    if (bytes != null) {
      live.load(file, bytes);
    }
  }

  /** Returns what does not run any more, because it cannot be put back. */
  private Set<String> putBack(Snapshot before, List<String> files) {
    Set<String> lost = new TreeSet<>();
    for (String file : files) {
      try {
        putIn(file, before);
      } catch (Exception | LinkageError | StackOverflowError e) {
        LOG.error("{} ran before and does not start again", file, e);
        takeOut(List.of(file));
        lost.add(file);
      }
    }
    return lost;
  }

  /** The door opens, and each goes on, whatever becomes of another. */
  private void letGo(List<Consumer> suspended) {
    door.open();
    for (Consumer consumer : suspended) {
      try {
        if (live.has(consumer)) {
          ServiceHelper.resumeService(consumer);
        }
      } catch (RuntimeException e) {
        LOG.error("{} does not go on", consumer, e);
      }
    }
  }
}
