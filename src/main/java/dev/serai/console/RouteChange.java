package dev.serai.console;

import dev.serai.http.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;

/** What an operator may do to a route. */
enum RouteChange {
  /** Takes nothing more, keeps its connection and its path. */
  SUSPEND,
  /** Goes on, as {@link #START} does. */
  RESUME,
  /** Takes nothing more and gives its consumer back to the broker. */
  STOP,
  /** Goes on after a stop or a suspend. */
  START;

  /**
   * That of a word in a path.
   *
   * @throws ProblemException {@code unknown-action}
   */
  static RouteChange of(String action) throws ProblemException {
    Optional<RouteChange> known =
        Stream.of(values()).filter(change -> change.word().equals(action)).findFirst();
    if (known.isEmpty()) {
      throw new ProblemException(
          404,
          "unknown-action",
          "A route can be suspended, resumed, stopped or started; write suspend, resume, stop or"
              + " start, not \"%s\".".formatted(action),
          List.of());
    }
    return known.get();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the route is already as it would be. */
  boolean isDone(ServiceStatus status) {
    return switch (this) {
      case SUSPEND -> status.isSuspended() || status.isStopped(); // it takes nothing
      case STOP -> status.isStopped();
      case RESUME, START -> status.isStarted();
    };
  }

  void apply(RouteController routes, String id) throws Exception {
    switch (this) {
      case SUSPEND -> routes.suspendRoute(id);
      case STOP -> routes.stopRoute(id);
      case RESUME, START -> {
        if (routes.getRouteStatus(id).isSuspended()) {
          routes.resumeRoute(id);
        } else {
          routes.startRoute(id);
        }
      }
    }
  }
}
