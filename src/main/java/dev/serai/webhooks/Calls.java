package dev.serai.webhooks;

import dev.serai.egress.Egress;
import dev.serai.egress.EgressAnswer;
import dev.serai.egress.EgressRequest;
import dev.serai.tracing.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the requests of deliveries and what their answers mean. Thread-safe. */
@Component("webhookCalls")
class Calls {
  private final Egress egress;
  private final WebhookSettings settings;
  private final Schedule usual;

  Calls(Egress egress, WebhookSettings settings) {
    this.egress = egress;
    this.settings = settings;
    this.usual = new Schedule(settings.schedule(), settings.jitter() / 100.0);
  }

  /** For how long a process holds what it delivers. */
  Duration lease() {
    return settings.lease();
  }

  /** What the end of a call means. */
  Outcome outcome(@Nullable EgressAnswer answer, @Nullable Throwable failure) {
    if (answer == null) {
      return Outcome.of(failure == null ? new IllegalStateException("no answer") : failure);
    }
    return Outcome.of(answer, Instant.now(), settings.longestRetryAfter());
  }

  /** When the attempts for an endpoint are made. */
  Schedule schedule(Endpoint endpoint) {
    List<Duration> own = endpoint.settings().schedule();
    return own == null ? usual : new Schedule(own, usual.jitter());
  }

  /** Sends one; fails as {@link Egress#call}, or with what is wrong with the request. */
  CompletableFuture<EgressAnswer> send(Directory.Entry to, Held delivery, Instant now) {
    try {
      Settings wishes = to.endpoint().settings();
      Map<String, String> headers = new HashMap<>();
      headers.put("user-agent", "Serai");
      headers.putAll(wishes.headers());
      headers.putAll(wishes.auth());
      headers.putAll(delivery.headers());
      headers.computeIfPresent(TraceParent.HEADER, (name, came) -> TraceParent.next(came));
      headers.putAll(
          Signatures.headers(delivery.messageId(), now, delivery.body(), secrets(to, now)));
      return egress.call(
          new EgressRequest("POST", wishes.url(), headers, delivery.body(), settings.timeout()));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static List<Secret> secrets(Directory.Entry to, Instant now) {
    Secret old = to.old();
    return old != null && to.endpoint().keys().at(now).size() > 1
        ? List.of(to.secret(), old)
        : List.of(to.secret());
  }

  /**
   * What an attempt has led to.
   *
   * @param regular whether it is one of the schedule, if it was made at all
   * @param chance from 0 to 1
   */
  Result result(Endpoint endpoint, Held held, Ended ended, boolean regular, double chance) {
    Outcome outcome = ended.outcome();
    boolean made = outcome.control() != Outcome.Control.LATER;
    boolean counts = regular && made;
    Schedule schedule = schedule(endpoint);
    int failed = held.tries() + (counts ? 1 : 0);
    Result.State state = Result.State.PENDING;
    Duration wait = Duration.ZERO;
    if (outcome.isTaken()) {
      state = Result.State.DELIVERED;
    } else if (outcome.control() == Outcome.Control.ABORT) {
      state = Result.State.ABORTED;
    } else if (made) {
      wait = schedule.after(Math.max(1, failed), () -> chance).orElse(Duration.ZERO);
      if (counts && failed >= schedule.waits().size()) {
        state = Result.State.FAILED;
      }
    }
    Duration asked = outcome.retryAfter().orElse(Duration.ZERO);
    return new Result(
        held,
        ended.started(),
        ended.took(),
        outcome.status(),
        outcome.error(),
        outcome.body(),
        state,
        wait.compareTo(asked) < 0 ? asked : wait,
        counts);
  }

  /** The end of an attempt. */
  record Ended(Outcome outcome, Instant started, Duration took) {}
}
