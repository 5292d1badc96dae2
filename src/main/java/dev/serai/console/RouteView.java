package dev.serai.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A route as a person on call sees it.
 *
 * @param state {@code started}, {@code suspended}, {@code stopped}, or one on the way there
 * @param from the request, the queue or the name under which other routes call it
 * @param inFlight messages or requests in it now
 * @param processed those that it has ended, failed ones included, since it was loaded
 * @param failed those whose failure a policy dealt with, or nobody
 */
record RouteView(
    String id,
    String state,
    String from,
    long inFlight,
    long processed,
    long failed,
    @Nullable String lastError,
    @Nullable String lastErrorAt) {

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
