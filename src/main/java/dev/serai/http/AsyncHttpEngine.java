package dev.serai.http;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Camel's Vert.x engine with a consumer that does not block a thread while a route waits. */
final class AsyncHttpEngine extends VertxPlatformHttpEngine {
  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE");

  private final Executor workers;

  /**
   * Makes consumers.
   *
   * @param workers run the routes
   */
  AsyncHttpEngine(Executor workers) {
    this.workers = workers;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    if (BODILESS.contains(
        String.valueOf(endpoint.getHttpMethodRestrict()).toUpperCase(Locale.ROOT))) {
      endpoint.setConsumes(null); // such a request has no type that it could name
    }
    String router = VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort());
    return new AsyncHttpConsumer(endpoint, processor, router, workers);
  }
}
