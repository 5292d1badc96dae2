package dev.serai.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, which counts until its route has ended, also when the caller has gone
 * away; without a route, until its answer has ended. Read on the thread of its connection.
 */
final class HeldBody {
  private static final String KEY = "serai.body";

  private final ByteBudget budget;
  private final AtomicLong counted = new AtomicLong();
  private Buffer bytes = Buffer.buffer();
  private volatile boolean routed;

  HeldBody(ByteBudget budget) {
    this.budget = budget;
  }

  /** That of a request that begins anew; null: it has not been read. */
  static @Nullable HeldBody known() {
    return Vertx.currentContext().getLocal(KEY);
  }

  /** Keeps the body of a request that begins anew. */
  static void carry(RoutingContext request) {
    Vertx.currentContext().putLocal(KEY, request.get(KEY));
  }

  /** A route works with the body of a request. */
  static void enter(RoutingContext request) {
    HeldBody body = request.get(KEY);
    if (body != null) {
      body.routed = true;
    }
  }

  /** The route has ended. */
  static void leave(RoutingContext request) {
    HeldBody body = request.get(KEY);
    if (body != null) {
      body.free();
    }
  }

  /** Belongs to a request, from before it is read. */
  void join(RoutingContext request) {
    request.put(KEY, this);
    request.addEndHandler(
        end -> {
          if (!routed) {
            free();
          }
        });
  }

  int length() {
    return bytes.length();
  }

  /** Appends a part; false when there is no room for it. */
  boolean add(Buffer part) {
    if (!budget.take(part.length())) {
      return false;
    }
    counted.addAndGet(part.length());
    bytes.appendBuffer(part);
    return true;
  }

  /** All of it is there. */
  void hand(RoutingContext request) {
    ((RoutingContextInternal) request).setBody(bytes);
  }

  /** Nobody is to have it. */
  void drop() {
    bytes = Buffer.buffer();
    free();
  }

  private void free() {
    budget.free(counted.getAndSet(0));
  }
}
