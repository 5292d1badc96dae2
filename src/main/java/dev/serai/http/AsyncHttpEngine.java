package dev.serai.http;

import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Camel's Vert.x engine with a consumer that does not block a thread while a route waits. */
final class AsyncHttpEngine extends VertxPlatformHttpEngine {

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    String router = VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort());
    return new AsyncHttpConsumer(endpoint, processor, List.of(), router);
  }
}
