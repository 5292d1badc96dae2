package dev.serai.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What deliveries are signed with.
 *
 * @param secret as {@code whsec_…}
 * @param old the one before; null: there is none
 * @param oldUntil the end of the time in which both sign
 */
record Keys(String secret, @Nullable String old, @Nullable Instant oldUntil) {

  /** Those that sign at a time, the new one first. */
  List<String> at(Instant time) {
    return old == null || oldUntil == null || !time.isBefore(oldUntil)
        ? List.of(secret)
        : List.of(secret, old);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Keys[oldUntil=" + oldUntil + "]";
  }
}
