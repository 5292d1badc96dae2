package dev.serai.packs;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;

/**
 * Where routes use kamelets. Camel makes one endpoint, and a route behind it, for all uses that are
 * written alike; so each use is given a name of its own here, and no file depends on the route that
 * another one has brought.
 */
final class KameletUses {
  /** Without a name of its own after a slash. */
  private static final Pattern SHARED = Pattern.compile("(kamelet:(?://)?[^/?]+)(\\?.*)?");

  private KameletUses() {}

  /** Names each use in a route: the route's id, the step's number. */
  static void name(RouteDefinition route) {
    FromDefinition from = route.getInput();
    if (from.getEndpoint() == null && !isInside(from.getUri())) {
      from.setUri(named(from.getUri(), route.getRouteId()));
    }
    int number = 0;
    for (ProcessorDefinition<?> step :
        ProcessorDefinitionHelper.filterTypeInOutputs(
            route.getOutputs(), ProcessorDefinition.class)) {
      number++;
      String name = route.getRouteId() + "-" + number;
      if (step instanceof KameletDefinition kamelet) {
        kamelet.setName(named("kamelet:" + kamelet.getName(), name).substring("kamelet:".length()));
      } else if (step instanceof SendDefinition<?> send
          && send.getUri() != null
          && !isInside(send.getUri())) {
        send.setUri(named(send.getUri(), name));
      }
    }
  }

  private static String named(String uri, String name) {
    Matcher found = SHARED.matcher(uri);
    return found.matches()
        ? found.group(1) + "/" + name + (found.group(2) == null ? "" : found.group(2))
        : uri;
  }

  /** Whether it is what a kamelet calls the ends of the route that uses it. */
  private static boolean isInside(String uri) {
    return uri.matches("kamelet:(//)?(source|sink)(\\?.*)?");
  }

  /** Lets go of the endpoints whose routes are taken out: Camel keeps those of kamelet: steps. */
  static void forget(CamelContext camel, Collection<String> routes) throws Exception {
    for (Endpoint endpoint : camel.getEndpoints().toArray(Endpoint[]::new)) {
      if (endpoint instanceof KameletEndpoint kamelet && routes.contains(kamelet.getRouteId())) {
        camel.removeEndpoint(endpoint);
      }
    }
  }

  /**
   * Makes sure that a message finds the route of each kamelet.
   *
   * @throws IllegalStateException when one has none
   */
  static void check(CamelContext camel) {
    for (Endpoint endpoint : camel.getEndpoints()) {
      if (endpoint instanceof KameletEndpoint kamelet
          && camel.getRoute(kamelet.getRouteId()) == null) {
        throw new IllegalStateException("no route was made for " + endpoint.getEndpointUri());
      }
    }
  }
}
