package dev.serai.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.broker.ReceivedMessage;
import dev.serai.delivery.PoisonMessageException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What workers do with tasks; bean {@code tasks} of their routes. Thread-safe.
 *
 * <p>A worker's outcome counts only while its {@link Claim} is the latest of the task: that of an
 * outdated worker is refused and logged.
 */
@Component("tasks")
public class Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);
  private static final String WORKER = ManagementFactory.getRuntimeMXBean().getName();

  private final Claims claims;
  private final Outcomes outcomes;
  private final RunningTasks running;

  Tasks(Claims claims, Outcomes outcomes, RunningTasks running) {
    this.claims = claims;
    this.outcomes = outcomes;
    this.running = running;
  }

  /**
   * Takes the task that a message is about, and begins to renew its lease.
   *
   * @param exchange its body is the message's, as bytes
   * @return null when there is nothing to do: the task is over, unknown, or another worker's
   * @throws PoisonMessageException if the message names no task, or one that has failed: parking it
   *     may have failed, and the end have been told since; a message too many is parked, too
   */
  public @Nullable Claim begin(Exchange exchange) {
    return begin(id(exchange), replays(exchange)).orElse(null);
  }

  Optional<Claim> begin(String id, int replays) {
    Optional<Claim> claim = claims.claim(id, WORKER, replays);
    claim.ifPresentOrElse(running::enter, () -> refuseIfFailed(id));
    return claim;
  }

  private void refuseIfFailed(String id) {
    claims
        .failure(id)
        .ifPresent(
            error -> {
              throw new PoisonMessageException("The task has failed: " + error);
            });
    if (claims.isKnown(id)) {
      LOG.debug("task {}: nothing to do, it is over or in work", id);
    } else {
      LOG.warn(
          "task-not-in-store: {} has a message, and is in no store of this Serai: it was taken back,"
              + " is forgotten, or another Serai on this broker keeps it (SERAI_DB_URL)",
          id);
    }
  }

  private static String id(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    JsonNode id = MessageBody.read(body == null ? new byte[0] : body).path("id");
    if (!id.isTextual()) {
      throw new PoisonMessageException("bad-message: the message of a task names its id");
    }
    return id.textValue();
  }

  /** Only what comes straight to its queue has that header from us. */
  private static int replays(Exchange exchange) {
    ReceivedMessage message = ReceivedMessage.of(exchange);
    if (message == null || !message.exchange().isEmpty()) {
      return 0;
    }
    return message.properties().getHeaders() != null
            && message.properties().getHeaders().get("serai-replays") instanceof Number times
        ? times.intValue()
        : 0;
  }

  /**
   * Notes how far a task is.
   *
   * @param value anything that can be JSON; it replaces what was noted before
   * @return whether the task is still this worker's
   */
  public boolean progress(Claim claim, @Nullable Object value) {
    return outcomes.progress(claim, TaskJson.write(value));
  }

  /**
   * Ends a task with its result. If that fails, the worker still has the task: it can try again, or
   * {@link #fail} the attempt.
   *
   * @param result anything that can be JSON; text that is no JSON becomes a JSON text
   * @return the task's state, or {@code lost}
   * @throws IllegalArgumentException {@code bad-result} if it cannot be JSON
   * @throws dev.serai.delivery.PoisonMessageException {@code bad-result} if it has more than 8 MiB
   */
  public String succeed(Claim claim, @Nullable Object result) {
    String json = TaskJson.result(result);
    boolean succeeded = outcomes.succeed(claim, json);
    running.leave(claim);
    return succeeded ? "succeeded" : late(claim, "succeeded");
  }

  /**
   * Ends an attempt that failed, or was interrupted.
   *
   * @param failure what it failed with
   * @param next {@code wait} when the message may have another attempt
   * @param claim null when the task could not be begun
   * @return {@code queued}, {@code failed}, {@code cancelled} or {@code expired}, the task's state;
   *     {@code lost} when it is another worker's; {@code poison} when the message is of no task
   * @throws IllegalStateException if the task could not be begun although its message is good
   */
  public String fail(@Nullable Claim claim, Throwable failure, String next) {
    if (claim != null) {
      return end(claim, failure, next);
    }
    if (isHopeless(failure)) {
      return "poison";
    }
    throw new IllegalStateException("The task cannot be begun; its message stays", failure);
  }

  private String end(Claim claim, Throwable failure, String next) {
    String detail = TaskJson.cut(text(failure));
    try {
      if (outcomes.cancel(claim)) {
        return "cancelled";
      }
      if (outcomes.expire(claim)) {
        return "expired";
      }
      if (running.asked(claim).filter(Stop.LOST::equals).isPresent()) {
        return late(claim, "failed");
      }
      if (next.equals("wait") && !claims.isSpent(claim)) {
        return outcomes.requeue(claim, detail) ? "queued" : cancelledOrLate(claim);
      }
      String code = isHopeless(failure) ? "not-possible" : "attempts-used-up";
      return outcomes.fail(claim, TaskJson.error(code, detail), detail)
          ? "failed"
          : cancelledOrLate(claim);
    } finally {
      running.leave(claim);
    }
  }

  /** It may have been cancelled since that was looked at. */
  private String cancelledOrLate(Claim claim) {
    return outcomes.cancel(claim) ? "cancelled" : late(claim, "failed");
  }

  private static String late(Claim claim, String outcome) {
    LOG.warn(
        "late-outcome: {} has {}, but another worker has it or it is over; refused",
        claim,
        outcome);
    return "lost";
  }

  private static boolean isHopeless(Throwable failure) {
    return ObjectHelper.getException(PoisonMessageException.class, failure) != null;
  }

  /** Without what Camel wraps around it. */
  private static String text(Throwable failure) {
    Throwable told = failure;
    while (told.getCause() != null && told.getClass().getName().startsWith("org.apache.camel.")) {
      told = told.getCause();
    }
    return told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
  }
}
