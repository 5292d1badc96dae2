package dev.serai.packs;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;

/** Routes that somebody has stopped, suspended or started by hand. Not thread-safe. */
final class OperatedRoutes {
  private final Set<String> stopped = new HashSet<>();
  private final Set<String> started = new HashSet<>();
  private final RouteController routes;

  OperatedRoutes(RouteController routes) {
    this.routes = routes;
  }

  /** Whether a route must not start by itself, because somebody has stopped it. */
  boolean isStopped(String id) {
    return stopped.contains(id);
  }

  /** Whether a route runs because somebody has started it. */
  boolean isStarted(String id) {
    return started.contains(id);
  }

  /**
   * Looks what these routes do now.
   *
   * @param startsItself whether somebody has stopped a route that does not run; one that does was
   *     started by somebody when it does not start itself
   */
  void note(Collection<String> loaded, Predicate<String> startsItself) {
    for (String id : loaded) {
      boolean itself = startsItself.test(id);
      if (isHeld(id)) {
        started.remove(id);
        if (itself) {
          stopped.add(id);
        }
      } else {
        stopped.remove(id);
        if (!itself) {
          started.add(id);
        }
      }
    }
  }

  /** Routes that are no more; one that comes with the same id is a new one. */
  void forget(Collection<String> gone) {
    stopped.removeAll(gone);
    started.removeAll(gone);
  }

  private boolean isHeld(String id) {
    ServiceStatus status = routes.getRouteStatus(id);
    return status == ServiceStatus.Suspended || status == ServiceStatus.Stopped;
  }
}
