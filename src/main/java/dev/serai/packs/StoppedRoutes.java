package dev.serai.packs;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;

/** Routes that somebody has stopped or suspended. Not thread-safe. */
final class StoppedRoutes {
  private final Set<String> ids = new HashSet<>();
  private final RouteController routes;

  StoppedRoutes(RouteController routes) {
    this.routes = routes;
  }

  boolean contains(String id) {
    return ids.contains(id);
  }

  /**
   * Looks which of these routes are stopped now.
   *
   * @param startsItself whether a route that does not run was stopped by somebody
   */
  void note(Collection<String> loaded, Predicate<String> startsItself) {
    Set<String> held = new HashSet<>(loaded);
    held.removeIf(id -> !isHeld(id) || !(startsItself.test(id) || ids.contains(id)));
    ids.removeAll(loaded);
    ids.addAll(held);
  }

  private boolean isHeld(String id) {
    ServiceStatus status = routes.getRouteStatus(id);
    return status == ServiceStatus.Suspended || status == ServiceStatus.Stopped;
  }
}
