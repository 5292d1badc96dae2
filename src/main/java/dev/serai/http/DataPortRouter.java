package dev.serai.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Collectors;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;

/** The router of the data port: answers with problem details whatever no route answers. */
final class DataPortRouter extends VertxPlatformHttpRouter {
  private static final int FIRST = Integer.MIN_VALUE;

  private final RequestBody bodies;
  private final StoppedEntries stopped;
  private final HttpDoor door;

  /**
   * Wraps the router that Camel has made.
   *
   * @param bodies reads the body of every request that a route takes
   * @param door where requests wait
   * @param stopped knows the requests that a stopped route would take
   */
  DataPortRouter(
      VertxPlatformHttpServer server,
      VertxPlatformHttpRouter router,
      RequestBody bodies,
      HttpDoor door,
      StoppedEntries stopped) {
    super(server, router.vertx(), router, router.getName());
    this.bodies = bodies;
    this.door = door;
    this.stopped = stopped;
    route()
        .order(FIRST)
        .handler(request -> door.pass(request, this))
        .failureHandler(DataPortRouter::failed);
    route().last().handler(this::noRoute);
  }

  @Override
  public Handler<RoutingContext> bodyHandler() {
    return context -> bodies.read(context, () -> door.enter(context, this));
  }

  private static void failed(RoutingContext context) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    if (context.statusCode() >= 400 && context.statusCode() < 500) {
      Problem.write(
          context, context.statusCode(), "bad-request", "The request could not be understood.");
    } else {
      Problem.write(context, 500, "internal", "The request could not be processed.");
    }
  }

  private void noRoute(RoutingContext context) {
    String path = context.normalizedPath();
    if (stopped.include(context.request().method().name(), path)) {
      AsyncHttpConsumer.suspended(context);
      return;
    }
    String allowed =
        getRoutes().stream()
            .filter(route -> route.methods() != null && leadsTo(route, path))
            .flatMap(route -> route.methods().stream())
            .map(HttpMethod::name)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (allowed.isEmpty()) {
      Problem.write(context, 404, "not-found", "Nothing answers at " + path);
    } else {
      context.response().putHeader(HttpHeaders.ALLOW, allowed);
      Problem.write(context, 405, "method-not-allowed", path + " takes " + allowed);
    }
  }

  /** Whether the path is the route's, where {@code :name} stands for any one segment. */
  private static boolean leadsTo(Route route, String path) {
    if (route.getPath() == null) {
      return false;
    }
    return HttpDoor.leadsTo(route.getPath().split("/", -1), path.split("/", -1));
  }
}
