package dev.serai.http;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.rest.RestEndpoint;

/**
 * The requests of the data port whose route is stopped but still there: Camel takes their path away
 * with the consumer, though an operator will start it again.
 */
final class StoppedEntries {
  private final CamelContext camel;

  StoppedEntries(CamelContext camel) {
    this.camel = camel;
  }

  /** Whether one takes such requests once it is started. */
  boolean include(String method, String path) {
    return camel.getRoutes().stream()
        .anyMatch(
            route ->
                route.getEndpoint() instanceof RestEndpoint rest
                    && DataPort.SCHEME.equals(rest.getConsumerComponentName())
                    && method.equalsIgnoreCase(rest.getMethod())
                    && leadsTo(rest, path)
                    && isStopped(route));
  }

  private boolean isStopped(Route route) {
    return camel.getRouteController().getRouteStatus(route.getId()).isStopped();
  }

  private static boolean leadsTo(RestEndpoint rest, String path) {
    String template = rest.getUriTemplate() == null ? "" : rest.getUriTemplate();
    return HttpDoor.leadsTo((rest.getPath() + template).split("/", -1), path.split("/", -1));
  }
}
