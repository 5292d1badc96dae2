package dev.serai.http;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.rest.RestEndpoint;

/**
 * The requests of the data port that rest blocks take, also those whose route is stopped: Camel
 * takes their path away with the consumer, though an operator will start it again.
 */
final class Entries {
  private final CamelContext camel;

  Entries(CamelContext camel) {
    this.camel = camel;
  }

  /** Whether one takes such requests once it is started. */
  boolean areStopped(String method, String path) {
    return of(method, path).anyMatch(this::isStopped);
  }

  /** The types of bodies that are taken there, in one text; empty when that may be any. */
  String types(String method, String path) {
    return of(method, path)
        .map(route -> ((RestEndpoint) route.getEndpoint()).getConsumes())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private Stream<Route> of(String method, String path) {
    return camel.getRoutes().stream()
        .filter(
            route ->
                route.getEndpoint() instanceof RestEndpoint rest
                    && DataPort.SCHEME.equals(rest.getConsumerComponentName())
                    && method.equalsIgnoreCase(rest.getMethod())
                    && leadsTo(rest, path));
  }

  private boolean isStopped(Route route) {
    return camel.getRouteController().getRouteStatus(route.getId()).isStopped();
  }

  private static boolean leadsTo(RestEndpoint rest, String path) {
    String template = rest.getUriTemplate() == null ? "" : rest.getUriTemplate();
    return HttpDoor.leadsTo((rest.getPath() + template).split("/", -1), path.split("/", -1));
  }
}
