package dev.serai.webhooks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt has led to.
 *
 * @param status of the answer; null: there was none
 * @param error what is wrong; null: nothing
 * @param answer the beginning of its body
 * @param state of the delivery from now on
 * @param pause before the next attempt, while it is pending
 * @param counts whether the attempt is one of the schedule
 */
record Result(
    Held held,
    Instant started,
    Duration took,
    @Nullable Integer status,
    @Nullable String error,
    @Nullable String answer,
    State state,
    Duration pause,
    boolean counts) {

  /** What is to be done about a delivery. */
  enum State {
    /** It has still to be made. */
    PENDING,
    /** The receiver has it. */
    DELIVERED,
    /** It has failed as often as its schedule allows. */
    FAILED,
    /** The receiver does not want it. */
    ABORTED
  }
}
