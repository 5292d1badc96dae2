package dev.serai.hub;

import dev.serai.http.ByteBudget;
import dev.serai.hub.History.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps updates in the history, those that come together in one transaction. One thread writes; so
 * the updates of a channel are kept in the order in which they came.
 */
final class Intake implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_TOGETHER = 200;
  private static final int HEAP_PERCENT = 10;
  private static final int BYTES = 2; // of a character, at most

  private final History history;
  private final BiFunction<Channel, List<Kept>, CompletableFuture<Void>> kept;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final ByteBudget budget;
  private volatile boolean closed;

  /**
   * Writes nothing yet.
   *
   * @param kept is told what was kept; when that is complete, those are told who brought it
   */
  Intake(History history, BiFunction<Channel, List<Kept>, CompletableFuture<Void>> kept) {
    this(history, kept, ByteBudget.ofHeap(HEAP_PERCENT));
  }

  Intake(
      History history,
      BiFunction<Channel, List<Kept>, CompletableFuture<Void>> kept,
      ByteBudget budget) {
    this.history = history;
    this.kept = kept;
    this.budget = budget;
  }

  private record Waiting(Channel channel, Arrival arrival, CompletableFuture<Kept> result) {}

  /** Keeps an update; fails when the store does not take it, or too many wait for it. */
  CompletableFuture<Kept> keep(Channel channel, Arrival arrival) {
    Waiting one = new Waiting(channel, arrival, new CompletableFuture<>());
    long bytes = (long) BYTES * arrival.update().data().length();
    if (!budget.take(bytes)) {
      one.result().completeExceptionally(tooMany());
      return one.result();
    }
    one.result().whenComplete((done, failure) -> budget.free(bytes));
    if (!waiting.offer(one)) {
      one.result().completeExceptionally(tooMany());
    } else if (closed) { // nobody looks for it any more
      one.result().completeExceptionally(StreamsUnavailableException.stopped());
    }
    return one.result();
  }

  private static StreamsUnavailableException tooMany() {
    return StreamsUnavailableException.busy("as many updates wait for the store as may");
  }

  /** Writes until its thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        List<Waiting> together = new ArrayList<>();
        together.add(waiting.take());
        waiting.drainTo(together, MOST_TOGETHER - 1);
        for (Channel channel : Channel.values()) {
          write(channel, together.stream().filter(one -> one.channel() == channel).toList());
        }
      }
    } catch (InterruptedException e) {
      closed = true;
      waiting.forEach(
          one -> one.result().completeExceptionally(StreamsUnavailableException.stopped()));
    }
  }

  private void write(Channel channel, List<Waiting> together) {
    if (together.isEmpty()) {
      return;
    }
    try {
      List<Kept> all = history.keep(channel, together.stream().map(Waiting::arrival).toList());
      kept.apply(channel, all)
          .whenComplete(
              (done, failure) -> {
                for (int i = 0; i < all.size(); i++) {
                  if (failure == null) {
                    together.get(i).result().complete(all.get(i));
                  } else {
                    together.get(i).result().completeExceptionally(failure);
                  }
                }
              });
    } catch (DataIntegrityViolationException e) {
      if (together.size() > 1) { // one of them cannot be kept; the others can
        together.forEach(one -> write(channel, List.of(one)));
      } else {
        together.get(0).result().completeExceptionally(e);
      }
    } catch (RuntimeException
        | Error e) { // nobody else writes, so the next ones are tried whatever it was
      LOG.debug("{} updates were not kept", together.size(), e);
      boolean away = e instanceof DataAccessException || e instanceof TransactionException;
      Throwable told =
          away ? StreamsUnavailableException.busy("the store takes no updates now") : e;
      together.forEach(one -> one.result().completeExceptionally(told));
    }
  }
}
