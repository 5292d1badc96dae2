package dev.serai.http;

import java.util.stream.IntStream;
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

  /** Where {@code {name}} stands for any one segment. */
  private static boolean leadsTo(RestEndpoint rest, String path) {
    String template = rest.getUriTemplate() == null ? "" : rest.getUriTemplate();
    String[] wanted = (rest.getPath() + template).split("/", -1);
    String[] given = path.split("/", -1);
    return wanted.length == given.length
        && IntStream.range(0, given.length)
            .allMatch(i -> wanted[i].startsWith("{") || wanted[i].equals(given[i]));
  }
}
