package dev.serai.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants events.
 *
 * @param disabling what Serai itself has done; null: nothing
 * @param failingSince the first failure after the latest success; null: the latest was one
 */
record Endpoint(
    String id,
    Settings settings,
    Keys keys,
    @Nullable Disabling disabling,
    @Nullable Instant failingSince,
    Instant created) {

  /** Whether deliveries are made now. */
  boolean isActive() {
    return settings.enabled() && disabling == null;
  }

  /** Whether new events are kept for it: now, or because it may come back. */
  boolean isWaitedFor() {
    return settings.enabled() && (disabling == null || disabling.reason() == Reason.FAILING);
  }

  /**
   * That Serai makes no deliveries any more.
   *
   * @param since when it stopped
   */
  record Disabling(Reason reason, Instant since) {}

  /** Why Serai makes no deliveries any more. */
  enum Reason {
    /** It has answered 410. */
    GONE,
    /** It has asked for that in its answer. */
    ASKED,
    /** It has failed for too long; it is tried from time to time. */
    FAILING
  }
}
