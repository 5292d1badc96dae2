package dev.serai.llm;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Waits for the end of a question, not longer than its provider may take. */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private final Provider.Timeouts timeouts;
  private final Budgets budgets;

  Patience(Provider.Timeouts timeouts, Budgets budgets) {
    this.timeouts = timeouts;
    this.budgets = budgets;
  }

  /**
   * Holds the reservation meanwhile.
   *
   * @return null when there is an answer
   */
  @Nullable Throwable await(Question question, Reservation reservation) {
    long begun = System.nanoTime();
    long renewal = budgets.lease().toNanos() / 3;
    long renewAt = renewal;
    while (true) {
      long elapsed = System.nanoTime() - begun;
      if (elapsed >= renewAt) {
        renew(reservation);
        renewAt = elapsed + renewal;
      }
      long left = left(question, elapsed);
      if (left <= 0) {
        question.fail(ProviderFailure.broken(tooSlow(question)));
      }
      try {
        question.ended().get(Math.max(1, Math.min(left, renewAt - elapsed)), TimeUnit.NANOSECONDS);
        return null;
      } catch (TimeoutException e) {
        // Look again what it is that has passed.
      } catch (ExecutionException e) {
        return e.getCause();
      } catch (InterruptedException e) {
        question.stop();
        Thread.currentThread().interrupt();
        return new Question.StoppedException();
      }
    }
  }

  /** Nanoseconds until the next limit. */
  private long left(Question question, long elapsed) {
    long total = timeouts.total().toNanos() - elapsed;
    boolean waitsForFirst = question.isStreamed() && !question.isStarted();
    return waitsForFirst ? Math.min(total, timeouts.firstToken().toNanos() - elapsed) : total;
  }

  private String tooSlow(Question question) {
    return question.isStreamed() && !question.isStarted()
        ? "no token within " + seconds(timeouts.firstToken())
        : "no end within " + seconds(timeouts.total());
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + "s";
  }

  private void renew(Reservation reservation) {
    try {
      budgets.renew(reservation);
    } catch (DataAccessException e) { // the call is worth more than its place in the count
      LOG.warn("budget-not-renewed: {}: {}", reservation.provider(), e.getMessage());
    }
  }
}
