package dev.serai.console;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NonManagedService;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers the last failure of each route, whether a policy has dealt with it or not. */
@Component
class LastErrors implements RoutePolicyFactory {
  private static final int LONGEST = 500; // characters

  private final Map<String, LastError> errors = new ConcurrentHashMap<>();

  /** What failed, and when. */
  record LastError(Instant at, String error) {}

  /** That of a route; empty when nothing has failed since it was loaded. */
  Optional<LastError> of(String route) {
    return Optional.ofNullable(errors.get(route));
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext camel, String route, NamedNode definition) {
    return new Watch();
  }

  /** Has no JMX bean: it would tell nothing, and keep the route that it watches. */
  private final class Watch extends RoutePolicySupport implements NonManagedService {

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
      Throwable failure = failure(route.getId(), exchange);
      if (failure != null) {
        errors.put(route.getId(), new LastError(Instant.now(), text(failure)));
      }
    }

    @Override
    public void onRemove(Route route) {
      errors.remove(route.getId());
    }
  }

  /** Its own alone: a route that calls another one sees that one's failure when it was handled. */
  private static @Nullable Throwable failure(String route, Exchange exchange) {
    Throwable open = exchange.getException();
    if (open != null) {
      return open;
    }
    return route.equals(exchange.getProperty(Exchange.FAILURE_ROUTE_ID))
        ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
        : null;
  }

  private static String text(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getClass().getName().startsWith("org.apache.camel.")) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String text = message == null ? cause.getClass().getSimpleName() : message;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
