package dev.serai.console;

import dev.serai.http.ProblemException;
import dev.serai.topology.Closest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The routes that are live; bean {@code routeConsole} of {@code GET /routes} and {@code POST
 * /routes/{id}/{action}}. Safe for concurrent use.
 */
@Component("routeConsole")
public class RouteConsole {
  private static final Logger LOG = LoggerFactory.getLogger(RouteConsole.class);
  private static final String OPERATOR_ROUTES = "shared-operator-";

  private final CamelContext camel;
  private final LastErrors errors;

  RouteConsole(CamelContext camel, LastErrors errors) {
    this.camel = camel;
    this.errors = errors;
  }

  /** Every route, by id. */
  public Map<String, List<RouteView>> list() {
    return Map.of(
        "items",
        camel.getRoutes().stream()
            .sorted(Comparator.comparing(Route::getId))
            .map(this::view)
            .toList());
  }

  /**
   * Suspends, resumes, stops or starts a route; doing it twice changes nothing.
   *
   * @return the route as it is then
   * @throws ProblemException {@code unknown-route}, {@code unknown-action}, or 409 with the reason
   */
  public RouteView change(@Header("id") String id, @Header("action") String action)
      throws ProblemException {
    Route route = camel.getRoute(id);
    if (route == null) {
      throw unknown(id);
    }
    RouteChange change = RouteChange.of(action);
    if (id.startsWith(OPERATOR_ROUTES)) {
      throw problem(
          409,
          "operator-route",
          "\"%s\" serves the operator port itself and always runs.".formatted(id));
    }
    if (RouteOrigin.isCalled(route.getEndpoint())) {
      throw problem(
          409,
          "called-route",
          "\"%s\" is called by other routes, which would wait for it in vain; change one that takes"
                  .formatted(id)
              + " requests or a queue, as GET /routes lists them.");
    }
    ServiceStatus before = camel.getRouteController().getRouteStatus(id);
    if (change.isDone(before)) {
      return view(route);
    }
    apply(change, id);
    LOG.info("Route {} was {}: {}", id, status(before), status(id));
    return view(route);
  }

  private void apply(RouteChange change, String id) throws ProblemException {
    try {
      change.apply(camel.getRouteController(), id);
    } catch (Exception e) { // whatever the route's endpoint throws
      LOG.warn("Route {} could not be changed", id, e);
      throw new ProblemException(
          503,
          "route-unchanged",
          "\"%s\" is %s still: %s".formatted(id, status(id), e.getMessage()),
          List.of());
    }
  }

  private RouteView view(Route route) {
    String id = route.getId();
    Optional<ManagedRouteMBean> figures =
        Optional.ofNullable(
                camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class))
            .map(managed -> managed.getManagedRoute(id));
    Optional<LastErrors.LastError> last = errors.of(id);
    return new RouteView(
        id,
        status(id),
        RouteOrigin.of(route.getEndpoint()),
        camel.getInflightRepository().size(id),
        figures.map(RouteConsole::processed).orElse(0L),
        figures.map(RouteConsole::failed).orElse(0L),
        last.map(LastErrors.LastError::error).orElse(null),
        RouteView.text(last.map(LastErrors.LastError::at).orElse(null)));
  }

  private static long processed(ManagedRouteMBean route) {
    return unchecked(route::getExchangesTotal);
  }

  private static long failed(ManagedRouteMBean route) {
    return unchecked(() -> route.getExchangesFailed() + route.getFailuresHandled());
  }

  private static long unchecked(Callable<Long> figure) {
    try {
      return figure.call();
    } catch (Exception e) {
      throw new IllegalStateException("Camel's counters only count", e);
    }
  }

  private String status(String id) {
    return status(camel.getRouteController().getRouteStatus(id));
  }

  private static String status(@Nullable ServiceStatus status) { // null: it is just taken out
    return (status == null ? ServiceStatus.Stopped : status).name().toLowerCase(Locale.ROOT);
  }

  private ProblemException unknown(String id) {
    List<String> ids = camel.getRoutes().stream().map(Route::getId).toList();
    String meant =
        Closest.to(id, ids).map("; did you mean \"%s\"?"::formatted).orElse("; see GET /routes.");
    return new ProblemException(
        404, "unknown-route", "No route is named \"%s\"%s".formatted(id, meant), List.of());
  }

  private static ProblemException problem(int status, String code, String detail) {
    return new ProblemException(status, code, detail, List.of());
  }
}
