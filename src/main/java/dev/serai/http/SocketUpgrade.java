package dev.serai.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Changes a request to WebSocket, when its route has decided so. */
final class SocketUpgrade {
  private SocketUpgrade() {}

  /** Whether a request asks for it; its body, which it has not, must not be read before. */
  static boolean isAsked(HttpServerRequest request) {
    return request.method() == HttpMethod.GET
        && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
  }

  /** Begins the conversation, or refuses a request that did not ask for one. */
  static void answer(RoutingContext request, LiveSocket live) {
    if (!isAsked(request.request())) {
      request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
      Problem.write(request, 426, "upgrade-required", "This address speaks WebSocket.");
      return;
    }
    request
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> {
              HttpDoor.leave(request); // no end of its answer will be told
              live.begin(new SocketCaller(request, socket));
            })
        .onFailure(
            failure -> {
              if (!request.response().headWritten() && !request.response().closed()) {
                Problem.write(request, 400, "bad-upgrade", "No such WebSocket can be opened.");
              }
            });
  }
}
