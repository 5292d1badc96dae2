package dev.serai.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;

/** The router of the data port: answers with problem details whatever no route answers. */
final class DataPortRouter extends VertxPlatformHttpRouter {
  private static final int FIRST = Integer.MIN_VALUE + 1; // behind Origins
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  /** What callers of both ports are told before there are routes. */
  static final String STARTING = "The routes are not loaded yet; try again later.";

  private final RequestBody bodies;
  private final Entries entries;
  private final HttpDoor door;

  /**
   * Wraps the router that Camel has made.
   *
   * @param bodies reads the body of every request that a route takes
   * @param door where requests wait
   * @param entries knows what the rest blocks take
   */
  DataPortRouter(
      VertxPlatformHttpServer server,
      VertxPlatformHttpRouter router,
      RequestBody bodies,
      HttpDoor door,
      Entries entries) {
    super(server, router.vertx(), router, router.getName());
    this.bodies = bodies;
    this.door = door;
    this.entries = entries;
    route().order(FIRST).handler(this::begin).failureHandler(DataPortRouter::failed);
    route().last().handler(this::noRoute);
  }

  /** Capitals in a type say nothing, but Vert.x, which has read it, minds them. */
  private void begin(RoutingContext context) {
    String type = typeOf(context);
    String accept = Objects.requireNonNullElse(context.request().getHeader(HttpHeaders.ACCEPT), "");
    if (isPlain(type) && isPlain(accept)) {
      door.pass(context, this);
      return;
    }
    MultiMap headers = context.request().headers();
    if (!isPlain(type)) {
      String sent = headers.get(HttpHeaders.CONTENT_TYPE);
      headers.set(HttpHeaders.CONTENT_TYPE, sent.replace(type, plain(type)));
    }
    if (!isPlain(accept)) {
      headers.set(HttpHeaders.ACCEPT, plain(accept));
    }
    handle(context.request());
  }

  private static boolean isPlain(String type) {
    return type.equals(plain(type));
  }

  private static String plain(String type) {
    return type.toLowerCase(Locale.ROOT);
  }

  /** Of the body, without what follows it, such as its character set; may be empty. */
  private static String typeOf(RoutingContext context) {
    String sent = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (sent == null) {
      return "";
    }
    int end = sent.indexOf(';');
    return (end < 0 ? sent : sent.substring(0, end)).strip();
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
    String method = context.request().method().name();
    if (entries.areStopped(method, path)) {
      AsyncHttpConsumer.suspended(context);
      return;
    }
    List<String> allowed =
        getRoutes().stream()
            .filter(route -> route.methods() != null && leadsTo(route, path))
            .flatMap(route -> route.methods().stream())
            .map(HttpMethod::name)
            .distinct()
            .sorted()
            .toList();
    if (allowed.isEmpty() && !door.hasOpened()) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      Problem.write(context, 503, "starting", STARTING);
    } else if (allowed.isEmpty()) {
      Problem.write(context, 404, "not-found", "Nothing answers at " + path);
    } else if (allowed.contains(method)) {
      refuseType(context, method, path);
    } else {
      String all = String.join(", ", allowed);
      context.response().putHeader(HttpHeaders.ALLOW, all);
      Problem.write(context, 405, "method-not-allowed", path + " takes " + all);
    }
  }

  /** Of what it sends, or else of what it would take as the answer. */
  private void refuseType(RoutingContext context, String method, String path) {
    String taken = WITH_BODY.contains(method) ? entries.types(method, path) : "";
    List<String> types = List.of(taken.toLowerCase(Locale.ROOT).split("\\s*,\\s*"));
    if (taken.isEmpty() || types.contains(typeOf(context))) {
      Problem.write(
          context, 406, "not-acceptable", path + " has no answer of a type that Accept names");
    } else {
      Problem.write(
          context, 415, "unsupported-media-type", "%s %s takes %s".formatted(method, path, taken));
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
