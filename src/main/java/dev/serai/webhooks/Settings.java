package dev.serai.webhooks;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an endpoint can say about it.
 *
 * @param types patterns of the events' types, at least one
 * @param headers sent with each delivery
 * @param auth the same, with values that are never shown
 * @param rateLimit most deliveries per second, from 1; null: any number
 * @param schedule waits before each attempt, the first one included; null: that of all endpoints
 * @param enabled whether it gets any
 */
record Settings(
    URI url,
    List<String> types,
    String description,
    Map<String, String> headers,
    Map<String, String> auth,
    @Nullable Integer rateLimit,
    @Nullable List<Duration> schedule,
    boolean enabled) {

  /** Without what must stay secret. */
  @Override
  public String toString() {
    return "Settings[%s, types=%s, enabled=%s]".formatted(url.getHost(), types, enabled);
  }
}
