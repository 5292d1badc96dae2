package dev.serai.console;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.rest.RestEndpoint;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.apache.camel.util.URISupport;

/** Where a route takes its messages from, in words without options and logins. */
final class RouteOrigin {
  private static final Pattern CALLED = Pattern.compile("direct:(?://)?(.+)");

  private RouteOrigin() {}

  /** {@code GET /events}, {@code queue events.neo4j}, {@code direct:shared-publish}. */
  static String of(Endpoint from) {
    if (from instanceof RestEndpoint rest) {
      String template = rest.getUriTemplate();
      return rest.getMethod().toUpperCase(Locale.ROOT)
          + " "
          + rest.getPath()
          + (template == null ? "" : template);
    }
    if (from instanceof SpringRabbitMQEndpoint broker) {
      return "queue " + broker.getQueues();
    }
    String uri = URISupport.sanitizeUri(from.getEndpointBaseUri());
    Matcher called = CALLED.matcher(uri);
    return called.matches() ? "direct:" + called.group(1) : uri;
  }

  /** Whether other routes call it, and would wait for it in vain. */
  static boolean isCalled(Endpoint from) {
    return from instanceof KameletEndpoint || of(from).startsWith("direct:");
  }
}
