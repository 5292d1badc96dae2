package dev.serai.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Lets requests of the data port wait, without a thread, while the routes that answer them are
 * exchanged. Thread-safe.
 */
@Component
public final class HttpDoor {
  private static final String LEAVING = "serai.leaving";

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Set<RoutingContext> inside = ConcurrentHashMap.newKeySet();
  private volatile List<String[]> closed = List.of();
  private volatile boolean opened;

  /**
   * Holds back requests until {@link #open}.
   *
   * @param paths of rest blocks, where {@code {name}} stands for any one segment
   */
  public synchronized void close(Collection<String> paths) {
    closed = paths.stream().map(HttpDoor::segments).toList();
  }

  /** Lets in all that wait, and all that come. */
  public synchronized void open() {
    closed = List.of();
    opened = true;
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** Whether the routes of the files have been there once: before, nothing answers. */
  boolean hasOpened() {
    return opened;
  }

  /** Requests for the closed paths that came in before and are not yet answered. */
  public int inside() {
    List<String[]> patterns = closed;
    return (int)
        inside.stream()
            .filter(request -> !request.response().headWritten()) // its route has ended
            .filter(request -> leadsTo(patterns, request))
            .count();
  }

  /**
   * Looks for the routes of a request now, or when the door opens: while it is closed, some may be
   * missing.
   */
  void pass(RoutingContext request, Handler<HttpServerRequest> router) {
    synchronized (this) {
      if (leadsTo(closed, request)) {
        request.request().pause();
        waiting.add(later(request, () -> router.handle(request.request())));
        return;
      }
    }
    request.next();
  }

  /**
   * Goes on with a request that has its body and its routes; when the door was closed meanwhile, it
   * begins anew when it opens, since its routes may be others then.
   */
  void enter(RoutingContext request, Handler<HttpServerRequest> router) {
    synchronized (this) {
      if (leadsTo(closed, request)) {
        waiting.add(later(request, () -> RequestBody.again(request, router)));
        return;
      }
      if (request.response().closed()) { // its end will not be told any more
        return;
      }
      inside.add(request);
    }
    Runnable leaving = () -> inside.remove(request);
    request.put(LEAVING, leaving);
    request.addEndHandler(done -> leaving.run());
    request.next();
  }

  /** Counts a request as answered whose answer has no end. */
  static void leave(RoutingContext request) {
    Runnable leaving = request.get(LEAVING);
    if (leaving != null) {
      leaving.run();
    }
  }

  private static Runnable later(RoutingContext request, Runnable task) {
    Context context = request.vertx().getOrCreateContext();
    return () ->
        context.runOnContext(
            now -> {
              if (!request.response().closed()) { // else nobody waits any more
                task.run();
              }
            });
  }

  private static boolean leadsTo(List<String[]> patterns, RoutingContext request) {
    if (patterns.isEmpty()) {
      return false;
    }
    String[] path = segments(request.normalizedPath());
    return patterns.stream().anyMatch(pattern -> leadsTo(pattern, path));
  }

  private static String[] segments(String path) {
    return (path.startsWith("/") ? path : "/" + path).split("/", -1);
  }

  /**
   * Whether a path is one of the pattern's, where {@code :name} and {@code {name}} are any segment,
   * and a {@code *} at the end any number of them.
   */
  static boolean leadsTo(String[] pattern, String[] path) {
    boolean open = pattern[pattern.length - 1].equals("*");
    int segments = open ? pattern.length - 1 : pattern.length;
    return (open ? path.length >= segments : path.length == segments)
        && IntStream.range(0, segments)
            .allMatch(
                i ->
                    pattern[i].startsWith(":")
                        || pattern[i].startsWith("{")
                        || pattern[i].equals(path[i]));
  }
}
